package dev.nimbus.adapters.forges.github;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** Reads the private key of an App as GitHub hands it out (PKCS #1), or converted (PKCS #8). */
final class PrivateKeys {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (RSA )?PRIVATE KEY-----\\s*([A-Za-z0-9+/=\\s]{1,20000})"
              + "-----END (RSA )?PRIVATE KEY-----");

  /** What PKCS #8 writes before an RSA key: version 0 and the algorithm. */
  private static final byte[] RSA = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 4;

  private PrivateKeys() {}

  /** Reads a PEM text; what is wrong with it is said without any of it. */
  static PrivateKey parse(String pem) {
    var match = PEM.matcher(pem.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "it is not a PEM file that begins with 'BEGIN RSA PRIVATE KEY' or 'BEGIN PRIVATE KEY'");
    }
    try {
      var bytes = Base64.getMimeDecoder().decode(match.group(2));
      var wrapped = match.group(1) == null ? bytes : wrapped(bytes);
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
    } catch (IllegalArgumentException | InvalidKeySpecException e) {
      throw new IllegalArgumentException("it is damaged, or not an RSA key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no RSA", e);
    }
  }

  private static byte[] wrapped(byte[] rsaKey) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(RSA);
    content.writeBytes(element(OCTETS, rsaKey));
    return element(SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(tag);
    if (content.length < 0x80) {
      bytes.write(content.length);
    } else if (content.length <= 0xff) {
      bytes.write(0x81);
      bytes.write(content.length);
    } else {
      bytes.write(0x82);
      bytes.write(content.length >> 8);
      bytes.write(content.length);
    }
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }
}
