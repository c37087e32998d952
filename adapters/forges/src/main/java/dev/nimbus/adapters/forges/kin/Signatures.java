package dev.nimbus.adapters.forges.kin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Knows bodies signed with one of the secrets. Takes as long for a wrong signature as for one. */
final class Signatures {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_LENGTH = 64;

  private final List<SecretKeySpec> keys;

  Signatures(List<String> secrets) {
    this.keys =
        secrets.stream()
            .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
  }

  /**
   * Whether a body is signed.
   *
   * @param header as sent: 64 hexadecimal digits, and nothing before them
   */
  boolean signed(byte[] body, String header) {
    var given = given(header);
    var fits = false;
    for (var key : keys) {
      fits |= MessageDigest.isEqual(mac(key, body), given);
    }
    return fits;
  }

  private static byte[] given(String header) {
    if (header.length() != HEX_LENGTH) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(header);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // Not hexadecimal, and so no signature of anything.
    }
  }

  private static byte[] mac(SecretKeySpec key, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
    }
  }
}
