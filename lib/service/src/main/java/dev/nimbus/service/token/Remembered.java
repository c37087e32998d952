package dev.nimbus.service.token;

import java.util.Optional;

/** A token whose signature was checked, and what was last heard of its revocation. */
final class Remembered {
  private static final long FRESH_MILLIS = 1000;

  private final Claims claims;
  private final String keyId;
  private final long diesAtMillis;
  private volatile long askedAtMillis = Long.MIN_VALUE;
  private volatile Optional<String> refusal = Optional.empty();

  /**
   * Keeps a verified token.
   *
   * @param keyId empty when a shared secret signed it, which nobody but its expiry ends
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
  void check(String token, KeyRing keys, Revocations revocations, long nowMillis) {
    if (nowMillis >= diesAtMillis) {
      throw TokenVerifier.denied("it has expired");
    }
    if (keyId.isEmpty()) {
      return;
    }
    if (keys.find(keyId).isEmpty()) {
      throw TokenVerifier.denied("its key is no longer in use");
    }
    var refused = refusal(token, revocations, nowMillis);
    if (refused.isPresent()) {
      throw TokenVerifier.denied(refused.get());
    }
  }

  private Optional<String> refusal(String token, Revocations revocations, long nowMillis) {
    var age = nowMillis - askedAtMillis;
    if (askedAtMillis == Long.MIN_VALUE || age >= FRESH_MILLIS || age < 0) {
      refusal = revocations.refusal(token, claims);
      askedAtMillis = nowMillis;
    }
    return refusal;
  }
}
