package dev.nimbus.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Condition.Answer;
import dev.nimbus.core.policy.Patterns.Letters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionsTest {
  @Test
  void labelsAreComparedWithoutCaseAndSpace() {
    assertThat(holds(labels("GPU"), " gpu ")).isTrue();
    assertThat(holds(labels("gpu"), "gpus")).isFalse();
    assertThat(holds(labels("gp*"), "GPUS")).isTrue();
  }

  @Test
  void aLabelThatIsSparedSparesTheJob() {
    assertThat(holds(labels("gpu", "!reviewed"), "gpu")).isTrue();
    assertThat(holds(labels("gpu", "!reviewed"), "gpu", "Reviewed")).isFalse();
    assertThat(holds(labels("!reviewed"), "docker")).isTrue();
    assertThat(holds(labels("!reviewed"))).isTrue();
    assertThat(holds(labels("!reviewed"), "reviewed")).isFalse();
  }

  @Test
  void everyRequiredLabelMustBeThere() {
    var missing = new MissingLabelCondition(List.of("Reviewed", "nimbus"));

    assertThat(holds(missing, "NIMBUS", "reviewed")).isFalse();
    assertThat(missing.of(facts("nimbus"))).isEqualTo(new Answer.Holds("without label 'reviewed'"));
  }

  @ParameterizedTest
  @CsvSource({
    "cpus:4, false",
    "cpus:4.001, true",
    "cpu-medium, false",
    "cpu-high, true",
    "memory:8GiB, false",
    "memory:8193MiB, true",
    "memory-high, true",
    "image:ghcr.io/acme/build:7, false",
    "image:ghcr.io/acme/../evil/build, false",
    "image:docker.io/library/alpine, true",
    "gpu, false",
  })
  void limitsHoldForWhatLabelsAskFor(String label, boolean exceeded) {
    assertThat(holds(limits(), label)).isEqualTo(exceeded);
  }

  @Test
  void theLastOfSeveralSizesCountsAsItDoesForTheQueue() {
    assertThat(holds(limits(), "cpus:2", "cpus:64")).isTrue();
    assertThat(holds(limits(), "cpus:64", "cpus:2")).isFalse();
  }

  @Test
  void aLimitSaysWhatWasAskedAndWhatIsAllowed() {
    assertThat(limits().of(facts("cpus:16")))
        .isEqualTo(new Answer.Holds("that ask for 16 cpus (at most 4)"));
    assertThat(limits().of(facts("memory:1T")))
        .isEqualTo(new Answer.Holds("that ask for 1024 GiB of memory (at most 8 GiB)"));
    assertThat(limits().words())
        .isEqualTo(
            "that ask for more than 4 cpus or more than 8 GiB of memory"
                + " or an image other than 'ghcr.io/acme/*'");
  }

  @Test
  void controlCharactersDoNotReachASentence() {
    assertThat(labels("*").of(facts("a\u001b[31m")))
        .isEqualTo(new Answer.Holds("with label 'a [31m'"));
  }

  private static Condition limits() {
    return new LimitCondition(
        List.of(
            new Limit.Cpus(4_000),
            new Limit.Memory(8L << 30),
            new Limit.Images(Patterns.of(List.of("ghcr.io/acme/*"), Letters.EXACT))));
  }

  private static Condition labels(String... patterns) {
    return new LabelCondition(Patterns.of(List.of(patterns), Letters.FOLDED));
  }

  private static boolean holds(Condition condition, String... labels) {
    return condition.of(facts(labels)) instanceof Answer.Holds;
  }

  private static Facts facts(String... labels) {
    return Facts.of(OrgId.DEFAULT, Asked.job().labelled(labels).build());
  }
}
