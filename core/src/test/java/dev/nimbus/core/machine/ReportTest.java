package dev.nimbus.core.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ReportTest {
  @Test
  void aMachineThatSaidNothingHasAReportToo() {
    assertThat(Report.NONE.state()).isEmpty();
  }

  @Test
  void theEndOfALongDetailIsKept() {
    var report = new Report("failed", "a".repeat(Report.MAX_DETAIL) + "the reason");

    assertThat(report.detail()).hasSize(Report.MAX_DETAIL).endsWith("the reason");
  }

  @Test
  void aStateNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> new Report("bored", "")).hasMessageContaining("'bored'");
  }
}
