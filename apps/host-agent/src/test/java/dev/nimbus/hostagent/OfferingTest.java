package dev.nimbus.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.job.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OfferingTest {
  private static final long GIB = 1L << 30;

  @Test
  void theMachineIsOfferedLessAReserve() {
    assertThat(Offering.capacity(new Size(8_000, 16 * GIB), 0, 0))
        .isEqualTo(new Size(8_000, 16 * GIB - 16 * GIB / 10));
    assertThat(Offering.capacity(new Size(8_000, 64 * GIB), 0, 0).memoryBytes())
        .isEqualTo(62 * GIB);
    assertThat(Offering.capacity(new Size(1_000, GIB / 4), 0, 0).memoryBytes()).isEqualTo(GIB / 8);
  }

  @Test
  void whatIsConfiguredCounts() {
    assertThat(Offering.capacity(new Size(8_000, 16 * GIB), 1_500, GIB))
        .isEqualTo(new Size(1_500, GIB));
    assertThat(Offering.slots(new Size(8_000, GIB), 5)).isEqualTo(5);
  }

  @Test
  void thereAreFourSlotsPerProcessor() {
    assertThat(Offering.slots(new Size(1_500, GIB), 0)).isEqualTo(8);
    assertThat(Offering.slots(new Size(0, GIB), 0)).isEqualTo(1);
  }

  @Test
  void aHostIsLabelledByWhatItIs() {
    assertThat(Offering.labels(List.of("GPU"), "process", "Linux", "amd64").values())
        .containsExactly("amd64", "gpu", "linux", "nimbus", "process", "x64");
    assertThat(Offering.labels(List.of(), "process", "Linux", "aarch64").values())
        .contains("arm64");
  }

  @Test
  void aMachineNameBecomesAHostId() {
    assertThat(Offering.host("Build_7.example.COM\n").value()).isEqualTo("build-7-example-com");
    assertThat(Offering.host("...").value()).isEqualTo("host");
    assertThat(Offering.host("x".repeat(100)).value()).hasSize(64);
  }
}
