package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrivateKeysTest {
  /** What PKCS #8 writes before a key of these lengths. */
  private static final int ENVELOPE = 26;

  @Test
  void aKeyIsReadAsGitHubHandsItOut() throws Exception {
    for (var bits : List.of(1024, 2048, 4096)) {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      var key = generator.generateKeyPair().getPrivate();
      var encoded = key.getEncoded();
      var bare = Arrays.copyOfRange(encoded, ENVELOPE, encoded.length);

      assertThat(PrivateKeys.parse(pem("RSA PRIVATE KEY", bare))).isEqualTo(key);
      assertThat(PrivateKeys.parse(pem("PRIVATE KEY", encoded))).isEqualTo(key);
    }
  }

  @Test
  void spaceAroundAKeyDoesNotMatter() throws Exception {
    var key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    var pem = pem("PRIVATE KEY", key.getEncoded()).replace("\n", "\r\n");

    assertThat(PrivateKeys.parse("\n  " + pem + "\n\n")).isEqualTo(key);
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutAnyOfIt() {
    for (var text : List.of("", "c2VjcmV0", pem("EC PRIVATE KEY", new byte[] {1, 2, 3}))) {
      assertThatThrownBy(() -> PrivateKeys.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("PEM");
    }
    for (var kind : List.of("PRIVATE KEY", "RSA PRIVATE KEY")) {
      assertThatThrownBy(() -> PrivateKeys.parse(pem(kind, new byte[] {1, 2, 3})))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("AQID");
    }
  }

  private static String pem(String kind, byte[] content) {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
  }
}
