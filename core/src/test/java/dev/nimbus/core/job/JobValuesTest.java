package dev.nimbus.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobValuesTest {
  @Test
  void labelsMatchHoweverTheyAreWritten() {
    var offered = Labels.of(List.of("Linux", " x64 ", "GPU"));
    assertThat(offered.containsAll(Labels.of(List.of("gpu", "LINUX")))).isTrue();
    assertThat(offered.containsAll(Labels.of(List.of("gpu", "arm64")))).isFalse();
    assertThat(offered).isEqualTo(Labels.of(List.of("gpu", "x64", "linux", "linux")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a,b", "a b", "a\"b", "ä", "a\nb"})
  void oddLabelsAreRefused(String label) {
    assertThatThrownBy(() -> Labels.of(List.of(label)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label");
  }

  @Test
  void requirementsNeedEveryLabelAndTheRoom() {
    var wanted = new Requirements(Labels.of(List.of("gpu")), new Size(2_000, 1024));
    assertThat(wanted.metBy(Labels.of(List.of("gpu", "x")), new Size(2_000, 1024))).isTrue();
    assertThat(wanted.metBy(Labels.of(List.of("gpu")), new Size(1_999, 1024))).isFalse();
    assertThat(wanted.metBy(Labels.of(List.of("gpu")), new Size(2_000, 1023))).isFalse();
    assertThat(wanted.metBy(Labels.NONE, new Size(9_000, 9999))).isFalse();
  }

  @Test
  void aJobNeedsACommandATimeoutAndHonestVariables() {
    assertThatThrownBy(() -> spec(List.of(), Map.of(), Duration.ofHours(1)))
        .hasMessageContaining("command");
    assertThatThrownBy(() -> spec(List.of(""), Map.of(), Duration.ofHours(1)))
        .hasMessageContaining("command");
    assertThatThrownBy(() -> spec(List.of("x"), Map.of(), Duration.ZERO))
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> spec(List.of("x"), Map.of(), Duration.ofDays(6)))
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> spec(List.of("x"), Map.of("1A", "b"), Duration.ofHours(1)))
        .hasMessageContaining("'1A'");
    assertThatThrownBy(() -> spec(List.of("x", "a\0b"), Map.of(), Duration.ofHours(1)))
        .hasMessageContaining("NUL");
  }

  @Test
  void aCommandHasABound() {
    var word = "x".repeat(1024);
    var most = spec(Collections.nCopies(128, word), Map.of(), Duration.ofHours(1));
    assertThat(most.asked()).isEqualTo(most);
    assertThatThrownBy(() -> spec(Collections.nCopies(137, word), Map.of(), Duration.ofHours(1)))
        .hasMessageContaining("140288 characters");
    assertThatThrownBy(() -> spec(Collections.nCopies(5_000, "x"), Map.of(), Duration.ofHours(1)))
        .hasMessageContaining("5000 words");
  }

  @Test
  void aHostMayAddToACommandWhatNobodyMayAskFor() {
    var words = Collections.nCopies(128, "x".repeat(1024));
    var added = spec(words, Map.of("NIMBUS_HOST", "h"), Duration.ofHours(1));

    assertThat(added.environment()).containsKey("NIMBUS_HOST");
    assertThatThrownBy(added::asked).hasMessageContaining("at most 131072");
  }

  @Test
  void anOutcomeSaysTheSameByWordAndByCode() {
    assertThat(Outcome.exited(0).conclusion()).isEqualTo(Conclusion.SUCCEEDED);
    assertThat(Outcome.exited(3)).isEqualTo(Outcome.failed(3, ""));
    assertThat(Outcome.timedOut(Duration.ofSeconds(2)).exitCode()).isEqualTo(124);
    assertThat(Outcome.cancelled("ann").exitCode()).isEqualTo(130);
    assertThat(Outcome.calledOff("Nobody waits for it").sentence())
        .isEqualTo("cancelled: Nobody waits for it");
    assertThatThrownBy(() -> new Outcome(Conclusion.FAILED, 0, "")).hasMessageContaining("0");
    assertThatThrownBy(() -> new Outcome(Conclusion.SUCCEEDED, 1, "")).hasMessageContaining("1");
    assertThatThrownBy(() -> Outcome.failed(256, "")).hasMessageContaining("256");
  }

  @ParameterizedTest
  @CsvSource({
    "512MiB, 536870912",
    "2G, 2147483648",
    "1.5gb, 1610612736",
    "1048576, 1048576",
    "64k, 65536",
    "1T, 1099511627776"
  })
  void sizesReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1G", "1X", "G", "1e9", "999999999999999T", "1 G B"})
  void otherSizesAreRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void metadataIsBounded() {
    assertThatThrownBy(() -> Metadata.of(Map.of("k", "v".repeat(257))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Metadata.of(Map.of(" ", "v")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JobSpec spec(List<String> command, Map<String, String> env, Duration timeout) {
    return new JobSpec(command, env, JobSpec.HOST_IMAGE, timeout, NetworkAccess.NONE);
  }
}
