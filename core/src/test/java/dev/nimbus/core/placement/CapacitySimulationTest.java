package dev.nimbus.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Two planners on stale views, on a cloud that fails in every way. */
final class CapacitySimulationTest {
  @Property(tries = 25)
  void everyJobIsServedNoCapIsPassedAndNoMachineIsLeft(@ForAll long seed) {
    var run = new CapacityRun(seed, true);

    assertThat(run.toTheEnd()).as(run::toString).isTrue();
    assertThat(run.served()).isEqualTo(run.come());
    assertThat(run.most()).isLessThanOrEqualTo(CapacityRun.MAX);
  }

  @Test
  void withoutCountingInTheStepThatRecordsACapIsPassed() {
    var runs = LongStream.range(0, 20).mapToObj(seed -> new CapacityRun(seed, false)).toList();
    runs.forEach(CapacityRun::toTheEnd);

    assertThat(runs).anyMatch(run -> run.most() > CapacityRun.MAX);
  }

  @Test
  void aSeedAlwaysGoesTheSameWay() {
    var one = new CapacityRun(7, true);
    var other = new CapacityRun(7, true);
    one.toTheEnd();
    other.toTheEnd();

    assertThat(one).hasToString(other.toString());
  }
}
