package dev.nimbus.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MachineTypeTest {
  @Test
  void aTypeSaysWhatAPodTakes() {
    var type = MachineType.parse("cpu=500m, memory=16Gi, storage=40Gi, nvidia.com/gpu=2");

    assertThat(type.resources())
        .containsEntry("cpu", "500m")
        .containsEntry("memory", "16Gi")
        .containsEntry("ephemeral-storage", "40Gi")
        .containsEntry("nvidia.com/gpu", "2")
        .hasSize(4);
  }

  @Test
  void itsDiskIsThePoolsElseItsOwnElseSome() {
    var silent = MachineType.parse("cpu=1,memory=1Gi");
    var own = MachineType.parse("cpu=1,memory=1Gi,storage=20Gi");

    assertThat(silent.withDisk(0).resources()).containsEntry("ephemeral-storage", "10Gi");
    assertThat(own.withDisk(0).resources()).containsEntry("ephemeral-storage", "20Gi");
    assertThat(own.withDisk(77).resources()).containsEntry("ephemeral-storage", "77Gi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "large",
        "cpu=4",
        "memory=4Gi",
        "cpu=0,memory=4Gi",
        "cpu=0.0,memory=4Gi",
        "cpu=-1,memory=4Gi",
        "cpu=4,memory=4",
        "cpu=4,memory=4GB",
        "cpu=4,cpu=5,memory=4Gi",
        "cpu=4,memory=4Gi,",
        "cpu=4,memory=4Gi,gpu=1",
        "cpu=4,memory=4Gi,ephemeral-storage=4Gi",
        "cpu=4,memory=4Gi,example.com/a=0",
        "cpu=4,memory=4Gi,e/a=1,e/b=1,e/c=1,e/d=1,e/e=1,e/f=1,e/g=1",
      })
  void whatIsMalformedIsRefusedWithItsText(String type) {
    assertThatThrownBy(() -> MachineType.parse(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("type '" + type + "'");
  }
}
