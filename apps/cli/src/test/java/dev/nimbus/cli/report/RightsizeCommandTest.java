package dev.nimbus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.Typed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RightsizeCommandTest {
  private static final String ROW =
      """
      {"repository":"acme/shop","workflow":"ci","job":"build","labels":"","jobs":%d,"cpus":8.0,
       "cpus_p50":1.0,"cpus_p95":1.25,"memory_bytes":17179869184,"memory_bytes_p50":1073741824,
       "memory_bytes_p95":2147483648,"memory_bytes_max":2147483648,"advice":"%s"%s}""";

  private final FakeControlPlane plane = new FakeControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void adviceSaysWhatToAskForAndWhatThatSaves() {
    var smaller = ",\"suggested_cpus\":2.0,\"suggested_memory_bytes\":2684354560";
    answer(
        ROW.formatted(40, "smaller", smaller + ",\"saved_dollars\":12.5"),
        ROW.formatted(40, "smaller", smaller),
        ROW.formatted(3, "not_enough_jobs", ""));

    assertThat(Typed.at(plane, "report", "rightsize").out())
        .contains("1.0 / 1.3 of 8.0  1.0 / 2.0 of 16.0", "cpus:2.0 memory:2560M", "$12.50")
        .contains("unknown")
        .contains("not enough jobs (20)");
  }

  @Test
  void thatNothingWasMeasuredIsSaid() {
    answer();

    assertThat(Typed.at(plane, "report", "rightsize").err()).contains("no host measured");
  }

  private void answer(String... rows) {
    plane.on(
        "GET /api/observability/rightsize",
        "{\"from\":\"2026-11-01\",\"to\":\"2026-12-01\",\"fewest_jobs\":20,\"rows\":["
            + String.join(",", rows)
            + "]}");
  }
}
