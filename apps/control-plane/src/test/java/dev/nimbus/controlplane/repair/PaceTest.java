package dev.nimbus.controlplane.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Duration USUAL = Duration.ofSeconds(60);

  @Test
  void aForgeThatDoesNotCountIsAskedAsUsual() {
    assertThat(Pace.next(USUAL, 100, -1)).isEqualTo(USUAL);
    assertThat(Pace.next(USUAL, 0, 5_000)).isEqualTo(USUAL);
  }

  @Test
  void dearRoundsAreFewer() {
    assertThat(Pace.next(USUAL, 100, 5_000)).isEqualTo(Duration.ofSeconds(144));
    assertThat(Pace.next(USUAL, 1, 5_000)).isEqualTo(USUAL);
  }

  @Test
  void whatCannotBeAffordedWaitsTheLongest() {
    assertThat(Pace.next(USUAL, 100, 0)).isEqualTo(Pace.LONGEST);
    assertThat(Pace.next(USUAL, 4_000, 5_000)).isEqualTo(Pace.LONGEST);
  }

  @Property
  void roundsOfAnHourTakeNoMoreThanHalfOfWhatIsLeftUnlessTheWaitIsTheLongest(
      @ForAll @LongRange(min = 1, max = 10_000) long cost,
      @ForAll @LongRange(min = 0, max = 100_000) long left) {
    var wait = Pace.next(USUAL, cost, left);

    assertThat(wait).isBetween(USUAL, Pace.LONGEST);
    var rounds = Duration.ofHours(1).dividedBy(wait);
    assertThat(wait.equals(Pace.LONGEST) || rounds * cost <= left / 2).isTrue();
  }
}
