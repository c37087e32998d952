package dev.nimbus.service.secret;

import java.util.Base64;

/**
 * One key of a vault.
 *
 * @param text 32 bytes in Base64
 */
public record VaultKey(String id, String text) {
  static final int BYTES = 32;

  public VaultKey {
    if (!id.matches("[a-z0-9-]{1,64}")) {
      // Not shown: who mixed up the two would find the key in the log.
      throw new IllegalArgumentException(
          "The id of a key has other characters than a-z, 0-9 and -");
    }
    if (decoded(text).length != BYTES) {
      throw new IllegalArgumentException("Key '" + id + "' does not have 32 bytes");
    }
  }

  byte[] bytes() {
    return decoded(text);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("A key is not Base64", e);
    }
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
