package dev.nimbus.adapters.forges.kin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class SignaturesTest {
  /** GitHub publishes this signature of this body under this secret. */
  private static final String SECRET = "It's a Secret to Everybody";

  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  @Test
  void aPublishedSignatureIsOne() {
    assertThat(new Signatures(List.of("another", SECRET)).signed(BODY, SIGNATURE)).isTrue();
    assertThat(new Signatures(List.of("another")).signed(BODY, SIGNATURE)).isFalse();
  }

  @Test
  void theDigitsMayBeOfAnyCaseAndNothingElse() {
    var signatures = new Signatures(List.of(SECRET));

    assertThat(signatures.signed(BODY, SIGNATURE.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(signatures.signed(BODY, "sha256=" + SIGNATURE)).isFalse();
    assertThat(signatures.signed(BODY, SIGNATURE + " ")).isFalse();
    assertThat(signatures.signed(BODY, SIGNATURE.replace('7', 'g'))).isFalse();
  }

  @Test
  void nothingIsSignedWithoutASecret() {
    assertThat(new Signatures(List.of()).signed(BODY, SIGNATURE)).isFalse();
  }
}
