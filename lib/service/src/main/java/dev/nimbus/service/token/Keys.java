package dev.nimbus.service.token;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Ed25519 keys between their raw bytes and the platform's objects. */
final class Keys {
  static final String ALGORITHM = "Ed25519";
  static final int RAW_LENGTH = 32;

  /** What precedes the 32 bytes of a public key in its X.509 form. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Keys() {}

  /** The raw bytes as base64url without padding. */
  static String encoded(PublicKey key) {
    var whole = key.getEncoded();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(whole, whole.length - RAW_LENGTH, whole.length));
  }

  /** Reads {@link #encoded}; INVALID when it is no key. */
  static PublicKey publicKey(String encoded) {
    try {
      var raw = Base64.getUrlDecoder().decode(encoded);
      if (raw.length != RAW_LENGTH) {
        throw new IllegalArgumentException("not " + RAW_LENGTH + " bytes");
      }
      var whole = Arrays.copyOf(PREFIX, PREFIX.length + RAW_LENGTH);
      System.arraycopy(raw, 0, whole, PREFIX.length, RAW_LENGTH);
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(whole));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new NimbusException(Kind.INVALID, "Cannot read public key '" + encoded + "'", e);
    }
  }

  static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  static boolean verifies(PublicKey key, byte[] content, byte[] signature)
      throws GeneralSecurityException {
    var check = Signature.getInstance(ALGORITHM);
    check.initVerify(key);
    check.update(content);
    try {
      return check.verify(signature);
    } catch (SignatureException e) {
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
