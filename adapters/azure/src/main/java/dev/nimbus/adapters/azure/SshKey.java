package dev.nimbus.adapters.azure;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * A key for SSH. Azure makes no Linux machine without a password or a key; where nobody is to log
 * in, it is given one whose other half is kept by no one.
 */
final class SshKey {
  private static final String TYPE = "ssh-rsa";
  private static final int BITS = 2048;

  private SshKey() {}

  /** The public half of a new pair, as a line; the private half is nowhere. */
  static String ofNobody() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return line((RSAPublicKey) generator.generateKeyPair().getPublic());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has RSA", e);
    }
  }

  private static String line(RSAPublicKey key) {
    var blob = new ByteArrayOutputStream();
    put(blob, TYPE.getBytes(StandardCharsets.US_ASCII));
    put(blob, number(key.getPublicExponent()));
    put(blob, number(key.getModulus()));
    return TYPE + " " + Base64.getEncoder().encodeToString(blob.toByteArray()) + " nobody";
  }

  private static byte[] number(BigInteger number) {
    return number.toByteArray();
  }

  private static void put(ByteArrayOutputStream blob, byte[] part) {
    blob.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    blob.writeBytes(part);
  }
}
