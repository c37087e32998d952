package dev.nimbus.service.token;

import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The document at {@code /.well-known/jwks.json}: verification keys as RFC 8037 writes them. */
public record Jwks(List<Jwk> keys) {
  private static final String CURVE = "Ed25519";

  /**
   * One key.
   *
   * @param validUntil when tokens it signed stop to verify; absent while it is in use
   */
  public record Jwk(
      String kty,
      @Nullable String crv,
      @Nullable String x,
      @Nullable String kid,
      @Nullable String use,
      @Nullable String alg,
      @Nullable Instant validUntil) {
    static Jwk of(PublicKey key) {
      var until = key.validUntil().equals(Instant.MAX) ? null : key.validUntil();
      return new Jwk("OKP", CURVE, key.encoded(), key.id(), "sig", "EdDSA", until);
    }

    Stream<PublicKey> key() {
      if (x == null || kid == null || !CURVE.equals(crv)) {
        return Stream.empty();
      }
      var until = Objects.requireNonNullElse(validUntil, Instant.MAX);
      return Stream.of(new PublicKey(kid, x, Instant.EPOCH, until));
    }
  }

  /** The document that publishes these keys. */
  public static Jwks of(List<PublicKey> keys) {
    return new Jwks(keys.stream().map(Jwk::of).toList());
  }

  /** Reads a document; keys of other kinds are left out. INVALID when it is none. */
  public static List<PublicKey> read(byte[] document) {
    return Json.read(document, Jwks.class).keys().stream().flatMap(Jwk::key).toList();
  }
}
