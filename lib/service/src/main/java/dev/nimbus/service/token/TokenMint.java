package dev.nimbus.service.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jwt.SignedJWT;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.time.Ids;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Makes tokens. Thread-safe. */
public final class TokenMint {
  private final JWSHeader header;
  private final JWSSigner signer;
  private final String issuer;
  private final Set<Audience> audiences;
  private final Ids ids = Ids.random();

  /** Signs with an Ed25519 key, for every audience. */
  public TokenMint(SigningKey key, String issuer) {
    this(
        new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID(key.id()).type(JOSEObjectType.JWT).build(),
        new EdSigner(key),
        issuer,
        EnumSet.allOf(Audience.class));
  }

  private TokenMint(JWSHeader header, JWSSigner signer, String issuer, Set<Audience> audiences) {
    this.header = header;
    this.signer = signer;
    this.issuer = issuer;
    this.audiences = audiences;
  }

  /** Signs with a shared secret, for one audience only. */
  public static TokenMint shared(Audience audience, Secret secret, String issuer) {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    return new TokenMint(header, new SecretSigner(secret), issuer, EnumSet.of(audience));
  }

  /** A token that says this, in its compact form. */
  public String mint(Claims claims, Instant now) {
    return mint(claims, ids.next("t"), now);
  }

  /** The same under an id of its own: the same claims, id and time make the same token. */
  public String mint(Claims claims, String id, Instant now) {
    var audience = claims.principal().audience();
    if (!audiences.contains(audience)) {
      throw new IllegalArgumentException(
          "This secret does not sign tokens for '" + audience.word() + "'");
    }
    var token = new SignedJWT(header, ClaimSet.of(claims, issuer, id, now));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new NimbusException(
          Kind.INTERNAL, "Cannot sign a token for '" + claims.principal().subject() + "'", e);
    }
    return token.serialize();
  }
}
