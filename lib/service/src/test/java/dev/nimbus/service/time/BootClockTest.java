package dev.nimbus.service.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.time.BootClock.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BootClockTest {
  @Test
  void theClockOfThisMachineGoesOnWithinOneBoot() {
    var clock = BootClock.system();
    var before = clock.now();

    var after = clock.now();

    assertThat(before.boot()).isNotEmpty();
    assertThat(before.since()).isPositive();
    assertThat(after.after(before))
        .hasValueSatisfying(passed -> assertThat(passed).isGreaterThanOrEqualTo(Duration.ZERO));
  }

  @Test
  void theFirstNumberIsTheTimeSinceTheStart() {
    assertThat(KernelBootClock.since("35012.76 68100.02\n"))
        .isEqualTo(Duration.ofSeconds(35_012).plusMillis(760));
  }

  @Test
  void whatIsNoTimeIsRefusedWithItsText() {
    assertThatThrownBy(() -> KernelBootClock.since("soon 1.00"))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("'soon'");
  }

  @Test
  void momentsOfDifferentBootsCannotBeCompared() {
    var one = new Moment("a", Duration.ofHours(1));

    assertThat(one.after(new Moment("b", Duration.ZERO))).isEmpty();
    assertThat(one.after(new Moment("a", Duration.ofMinutes(50)))).hasValue(Duration.ofMinutes(10));
  }
}
