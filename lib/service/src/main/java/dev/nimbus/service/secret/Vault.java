package dev.nimbus.service.secret;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.service.time.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256 in GCM: the newest key seals, every key opens. What is sealed for one
 * place cannot be opened in another, so that rows of a database cannot be swapped. Thread-safe.
 */
public final class Vault {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final List<VaultKey> keys;
  private final Ids ids;

  /**
   * Keeps the keys.
   *
   * @param keys newest first, at least one
   */
  public Vault(List<VaultKey> keys, Ids ids) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("A vault needs a key");
    }
    this.keys = List.copyOf(keys);
    this.ids = ids;
  }

  /** Seals bytes for one place, such as a tenant's connection. */
  public Sealed seal(String place, byte[] clear) {
    var key = keys.getFirst();
    var nonce = ids.secret(NONCE_BYTES);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(clear);
      var whole = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
      return new Sealed(key.id(), Base64.getEncoder().encodeToString(whole.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot seal with " + ALGORITHM, e);
    }
  }

  /** Opens what was sealed for the place; {@code INTERNAL} when the key or the bytes are wrong. */
  public byte[] open(String place, Sealed sealed) {
    var key =
        keys.stream()
            .filter(known -> known.id().equals(sealed.keyId()))
            .findFirst()
            .orElseThrow(() -> failed(place, "key '" + sealed.keyId() + "' is not here", null));
    try {
      var whole = Base64.getDecoder().decode(sealed.text());
      if (whole.length < NONCE_BYTES) {
        throw failed(place, "it is cut short", null);
      }
      var nonce = java.util.Arrays.copyOf(whole, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, key, nonce, place)
          .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw failed(place, "it was changed, or sealed for another place", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot open " + ALGORITHM, e);
    }
  }

  /** Whether it is sealed with the newest key. */
  public boolean current(Sealed sealed) {
    return keys.getFirst().id().equals(sealed.keyId());
  }

  private static Cipher cipher(int mode, VaultKey key, byte[] nonce, String place)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static NimbusException failed(
      String place, String why, @org.jspecify.annotations.Nullable Exception cause) {
    var message = "Cannot open the secrets of " + place + ": " + why;
    return cause == null
        ? new NimbusException(Kind.INTERNAL, message)
        : new NimbusException(Kind.INTERNAL, message, cause);
  }
}
