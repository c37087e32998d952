package dev.nimbus.core.secret;

/**
 * Encrypted bytes, safe to store and of no use without the key.
 *
 * @param keyId of the key that opens it
 * @param text the sealed bytes in Base64
 */
public record Sealed(String keyId, String text) {
  @Override
  public String toString() {
    return "sealed by " + keyId;
  }
}
