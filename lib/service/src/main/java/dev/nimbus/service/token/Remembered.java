package dev.nimbus.service.token;

/** A token whose signature was checked, and what was last heard of its revocation. */
final class Remembered {
  private static final long FRESH_MILLIS = 1000;

  private final Claims claims;
  private final String keyId;
  private final long diesAtMillis;
  private volatile long askedAtMillis = Long.MIN_VALUE;
  private volatile long lowestValid;

  /**
   * Keeps a verified token.
   *
   * @param keyId empty when a shared secret signed it
   */
  Remembered(Claims claims, String keyId, long diesAtMillis) {
    this.claims = claims;
    this.keyId = keyId;
    this.diesAtMillis = diesAtMillis;
  }

  Claims claims() {
    return claims;
  }

  /** Fails with DENIED when the token no longer counts. */
  void check(KeyRing keys, Revocations revocations, long nowMillis) {
    if (nowMillis >= diesAtMillis) {
      throw TokenVerifier.denied("it has expired");
    }
    if (!keyId.isEmpty() && keys.find(keyId).isEmpty()) {
      throw TokenVerifier.denied("its key is no longer in use");
    }
    if (claims.version() < lowestValid(revocations, nowMillis)) {
      throw TokenVerifier.denied("it was revoked");
    }
  }

  private long lowestValid(Revocations revocations, long nowMillis) {
    var age = nowMillis - askedAtMillis;
    if (askedAtMillis == Long.MIN_VALUE || age >= FRESH_MILLIS || age < 0) {
      var principal = claims.principal();
      lowestValid =
          revocations.lowestValid(principal.org(), principal.audience(), principal.subject());
      askedAtMillis = nowMillis;
    }
    return lowestValid;
  }
}
