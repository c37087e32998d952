package dev.nimbus.controlplane.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Duration USUAL = Duration.ofSeconds(60);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aForgeThatDoesNotCountIsAskedAsUsual() {
    assertThat(Pace.next(USUAL, 100, -1, HOUR)).isEqualTo(USUAL);
    assertThat(Pace.next(USUAL, 0, 5_000, HOUR)).isEqualTo(USUAL);
  }

  @Test
  void dearRoundsAreFewer() {
    assertThat(Pace.next(USUAL, 100, 5_000, HOUR)).isEqualTo(Duration.ofSeconds(144));
    assertThat(Pace.next(USUAL, 1, 5_000, HOUR)).isEqualTo(USUAL);
  }

  @Test
  void callsThatLastForAMinuteAreSpentInOne() {
    var minute = Duration.ofMinutes(1);

    assertThat(Pace.next(USUAL, 200, 1_800, minute)).isEqualTo(USUAL);
    assertThat(Pace.next(USUAL, 200, 100, minute)).isEqualTo(Pace.LONGEST);
  }

  @Test
  void whatCannotBeAffordedWaitsTheLongest() {
    assertThat(Pace.next(USUAL, 100, 0, HOUR)).isEqualTo(Pace.LONGEST);
    assertThat(Pace.next(USUAL, 4_000, 5_000, HOUR)).isEqualTo(Pace.LONGEST);
  }

  @Property
  void roundsOfAnHourTakeNoMoreThanHalfOfWhatIsLeftUnlessTheWaitIsTheLongest(
      @ForAll @LongRange(min = 1, max = 10_000) long cost,
      @ForAll @LongRange(min = 0, max = 100_000) long left) {
    var wait = Pace.next(USUAL, cost, left, HOUR);

    assertThat(wait).isBetween(USUAL, Pace.LONGEST);
    var rounds = Duration.ofHours(1).dividedBy(wait);
    assertThat(wait.equals(Pace.LONGEST) || rounds * cost <= left / 2).isTrue();
  }
}
