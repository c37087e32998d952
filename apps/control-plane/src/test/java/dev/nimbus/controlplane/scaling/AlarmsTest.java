package dev.nimbus.controlplane.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.placement.Plan.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
  private static final OrgId ACME = new OrgId("acme");

  @Test
  void aBudgetIsWarnedOfOnceEachTimeItIsCrossed() {
    var alarms = new Alarms();
    var crossed = new Warning(ACME, "budget of pool 'p'", "10.00 USD are spent");
    var grown = new Warning(ACME, "budget of pool 'p'", "11.00 USD are spent");
    var another = new Warning(new OrgId("globex"), "budget of pool 'p'", "5.00 USD are spent");

    assertThat(alarms.tell(List.of(crossed))).containsExactly(crossed);
    assertThat(alarms.tell(List.of(grown, another))).containsExactly(another);
    assertThat(alarms.tell(List.of())).isEmpty();
    assertThat(alarms.tell(List.of(crossed))).containsExactly(crossed);
  }
}
