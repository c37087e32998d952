package dev.nimbus.controlplane.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.job.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmissionTest {
  @Test
  void aBareCommandGetsTheDefaults() {
    var job = read(labels());
    assertThat(job.spec().image()).isEqualTo(JobSpec.HOST_IMAGE);
    assertThat(job.spec().timeout()).isEqualTo(Duration.ofHours(6));
    assertThat(job.spec().network()).isEqualTo(NetworkAccess.HOST);
    assertThat(job.requirements().size()).isEqualTo(new Size(1_000, 512L << 20));
    assertThat(job.repository()).isEqualTo(Repository.NONE);
  }

  @Test
  void labelsThatAskForSizesAreNotRequirements() {
    var job = read(labels("nimbus", "GPU", "cpus:2.5", "memory:4GiB"));
    assertThat(job.requirements().labels()).isEqualTo(Labels.of(List.of("gpu")));
    assertThat(job.requirements().size()).isEqualTo(new Size(2_500, 4L << 30));
  }

  @Test
  void sizeClassesAskForAtLeastThatMuch() {
    assertThat(read(labels("cpu-high", "cpu-medium", "memory-high")).requirements().size())
        .isEqualTo(new Size(8_000, 32L << 30));
  }

  @Test
  void whatIsSaidOutrightBeatsALabel() {
    var request =
        new SubmitJob(
            List.of("true"),
            null,
            List.of("cpus:8", "memory:8G"),
            null,
            null,
            0.5,
            1L << 20,
            null,
            null,
            null);
    assertThat(read(request).requirements().size()).isEqualTo(new Size(500, 1 << 20));
  }

  @Test
  void metadataLabelsAreNeverRequirements() {
    var job = read(labels("param:lr=0.1", "meta:nightly", "meta:a=b=c"));
    assertThat(job.requirements().labels()).isEqualTo(Labels.NONE);
    assertThat(job.metadata().values())
        .containsExactlyInAnyOrderEntriesOf(Map.of("lr", "0.1", "nightly", "", "a", "b=c"));
  }

  @Test
  void anImageOtherThanTheHostIsRequiredOfTheHost() {
    var job = read(labels("image:Ubuntu-24.04"));
    assertThat(job.spec().image()).isEqualTo("Ubuntu-24.04");
    assertThat(job.requirements().labels()).isEqualTo(Labels.of(List.of("image:ubuntu-24.04")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpus:", "cpus:0", "cpus:-1", "cpus:many", "cpus:NaN", "cpus:9999"})
  void oddNumbersOfCpusAreNamed(String label) {
    assertThatThrownBy(() -> read(labels(label)))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("cpus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory:", "memory:0", "memory:lots", "memory:-1G"})
  void oddMemorySizesAreNamed(String label) {
    assertThatThrownBy(() -> read(labels(label)))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("'" + label + "'");
  }

  @Test
  void anUnknownNetworkIsNamed() {
    var request =
        new SubmitJob(
            List.of("true"), null, null, null, null, null, null, null, "everything", null);
    assertThatThrownBy(() -> read(request)).hasMessageContaining("'everything'");
  }

  @Test
  void whatLeavesNoRoomForTheVariablesOfAHostIsRefused() {
    var request =
        new SubmitJob(
            List.of("true", "x".repeat(128 * 1024)),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    assertThatThrownBy(() -> read(request)).hasMessageContaining("131076 characters");
  }

  @Test
  void withoutACommandThereIsNoJob() {
    var request = new SubmitJob(List.of(), null, null, null, null, null, null, null, null, null);
    assertThatThrownBy(() -> read(request)).hasMessageContaining("command");
  }

  private static SubmitJob labels(String... labels) {
    return new SubmitJob(
        List.of("true"), null, List.of(labels), null, null, null, null, null, null, null);
  }

  private static NewJob read(SubmitJob request) {
    return Submission.read(request, OrgId.DEFAULT, new JobId("j-1"), "key", "digest");
  }
}
