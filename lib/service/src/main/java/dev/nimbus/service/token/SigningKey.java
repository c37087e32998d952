package dev.nimbus.service.token;

import com.google.crypto.tink.subtle.Ed25519Sign;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;

/** An Ed25519 key that signs tokens, kept in a file only its owner can read. Thread-safe. */
public final class SigningKey {
  private final String id;
  private final String encoded;
  private final Ed25519Sign signer;

  SigningKey(String encoded, Ed25519Sign signer) {
    this.id = Keys.id(encoded);
    this.encoded = encoded;
    this.signer = signer;
  }

  /**
   * The key in the file, made first if there is none. Two processes that start at once get the same
   * key. A file others may read is refused with DENIED, a damaged one with INVALID.
   */
  public static SigningKey loadOrCreate(Path file) {
    return new KeyFile(file).loadOrCreate();
  }

  /** Puts a new key in the place of the one in the file; only new tokens are signed by it. */
  public static SigningKey replace(Path file) {
    return new KeyFile(file).replace();
  }

  /** The {@code kid} of tokens this key signs; follows from the key. */
  public String id() {
    return id;
  }

  /** What verifies its tokens, to be published; in use until retired. */
  public dev.nimbus.core.identity.PublicKey publicKey(Instant createdAt) {
    return new dev.nimbus.core.identity.PublicKey(id, encoded, createdAt, Instant.MAX);
  }

  byte[] sign(byte[] content) {
    try {
      return signer.sign(content);
    } catch (GeneralSecurityException e) {
      throw new NimbusException(Kind.INTERNAL, "Cannot sign with key '" + id + "'", e);
    }
  }
}
