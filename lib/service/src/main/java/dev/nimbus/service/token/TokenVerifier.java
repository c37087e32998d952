package dev.nimbus.service.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.http.Authenticator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Believes tokens that a known key signed, that have not expired, and that were not revoked.
 * Verified tokens are remembered by their hash, so that a signature is checked once per token;
 * expiry, the key and revocation are checked on every use. Thread-safe.
 */
public final class TokenVerifier implements Authenticator {
  private static final int MAX_LENGTH = 8192;
  private static final int REMEMBERED = 20_000;
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  private final KeyRing keys;
  private final Revocations revocations;
  private final SharedSecrets secrets;
  private final InstantSource time;
  private final Cache<ByteBuffer, Remembered> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  public TokenVerifier(KeySource keys, Revocations revocations, InstantSource time) {
    this(keys, revocations, SharedSecrets.none(), time);
  }

  /** One that also believes HS256 tokens for the audiences that have a shared secret. */
  public TokenVerifier(
      KeySource keys, Revocations revocations, SharedSecrets secrets, InstantSource time) {
    this.keys = new KeyRing(keys, time);
    this.revocations = revocations;
    this.secrets = secrets;
    this.time = time;
  }

  @Override
  public Principal authenticate(String bearer) {
    if (bearer.length() > MAX_LENGTH) {
      throw denied("it is too long");
    }
    var hash = ByteBuffer.wrap(Keys.sha256(bearer.getBytes(StandardCharsets.ISO_8859_1)));
    var known = remembered.getIfPresent(hash);
    var token = known == null ? verified(bearer) : known;
    try {
      token.check(bearer, keys, revocations, time.millis());
    } catch (NimbusException e) {
      remembered.invalidate(hash);
      throw e;
    }
    if (known == null) {
      remembered.put(hash, token);
    }
    return token.claims().principal();
  }

  private Remembered verified(String bearer) {
    try {
      var token = SignedJWT.parse(bearer);
      var set = token.getJWTClaimsSet();
      var header = token.getHeader();
      if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
        throw denied("it has critical extensions");
      }
      var keyId = header.getAlgorithm().equals(JWSAlgorithm.HS256) ? "" : named(token);
      if (!token.verify(verifier(keyId, set))) {
        throw denied("its signature is wrong");
      }
      var lifetime = ClaimSet.read(set);
      return new Remembered(lifetime, keyId, lifetime.expiresAt().plus(LEEWAY).toEpochMilli());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw denied("it is malformed", e);
    }
  }

  private static String named(SignedJWT token) {
    var header = token.getHeader();
    if (!header.getAlgorithm().equals(JWSAlgorithm.EdDSA) || header.getKeyID() == null) {
      throw denied("its algorithm or key is not accepted");
    }
    return header.getKeyID();
  }

  private JWSVerifier verifier(String keyId, JWTClaimsSet set) {
    if (keyId.isEmpty()) {
      return secrets
          .secretFor(ClaimSet.audience(set))
          .map(SecretSigner::new)
          .orElseThrow(() -> denied("its algorithm or key is not accepted"));
    }
    return keys.find(keyId).orElseThrow(() -> denied("its key is not known")).verifier();
  }

  static NimbusException denied(String why) {
    return new NimbusException(Kind.DENIED, "The token is not accepted: " + why + ".");
  }

  private static NimbusException denied(String why, Exception cause) {
    return new NimbusException(Kind.DENIED, "The token is not accepted: " + why + ".", cause);
  }
}
