package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class SignaturesTest {
  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);

  /** GitHub publishes this signature of this body with this secret. */
  private static final String SECRET = "It's a Secret to Everybody";

  private static final String SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  @Test
  void theSignatureGitHubPublishesIsGood() {
    assertThat(new Signatures(List.of(SECRET)).signed(BODY, SIGNATURE)).isTrue();
  }

  @Test
  void anySecretMayHaveSigned() {
    assertThat(new Signatures(List.of("old", SECRET, "next")).signed(BODY, SIGNATURE)).isTrue();
    assertThat(new Signatures(List.of("old", "next")).signed(BODY, SIGNATURE)).isFalse();
  }

  @Test
  void nothingElseIsGood() {
    var signatures = new Signatures(List.of(SECRET));
    var almost = SIGNATURE.substring(0, SIGNATURE.length() - 1);
    var wrong =
        List.of(
            "",
            "sha256=",
            SIGNATURE.substring(7),
            almost,
            almost + "8",
            SIGNATURE + "0",
            "sha1=" + SIGNATURE.substring(7),
            "SHA256=" + SIGNATURE.substring(7),
            "sha256=" + "z".repeat(64),
            " " + SIGNATURE);

    assertThat(wrong).noneMatch(header -> signatures.signed(BODY, header));
    assertThat(signatures.signed(new byte[0], SIGNATURE)).isFalse();
  }

  @Test
  void digitsMayBeWrittenInCapitals() {
    var capitals = "sha256=" + SIGNATURE.substring(7).toUpperCase(Locale.ROOT);

    assertThat(new Signatures(List.of(SECRET)).signed(BODY, capitals)).isTrue();
  }
}
