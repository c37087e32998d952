package dev.nimbus.service.token;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Ed25519 keys: made and stored by the platform's means, used by Tink's, which sign and verify with
 * a tenth and a quarter of the platform's processor time.
 */
final class Keys {
  static final String ALGORITHM = "Ed25519";
  static final int RAW_LENGTH = 32;

  private Keys() {}

  /** The raw bytes as base64url without padding. */
  static String encoded(PublicKey key) {
    var whole = key.getEncoded();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(whole, whole.length - RAW_LENGTH, whole.length));
  }

  /** What verifies under the key of this {@link #encoded} form; INVALID when it is no key. */
  static Ed25519Verify verifier(String encoded) {
    try {
      return new Ed25519Verify(Base64.getUrlDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      throw new NimbusException(Kind.INVALID, "Cannot read public key '" + encoded + "'", e);
    }
  }

  /** What signs with the key of this PKCS 8 form. */
  static Ed25519Sign signer(byte[] pkcs8) throws GeneralSecurityException {
    var key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    var seed = ((EdECPrivateKey) key).getBytes();
    return new Ed25519Sign(
        seed.orElseThrow(() -> new GeneralSecurityException("The key hides its bytes")));
  }

  static boolean verifies(Ed25519Verify verifier, byte[] content, byte[] signature) {
    try {
      verifier.verify(signature, content);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** A short name that follows from the key itself. */
  static String id(String encoded) {
    return HexFormat.of().formatHex(sha256(Base64.getUrlDecoder().decode(encoded)), 0, 8);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
