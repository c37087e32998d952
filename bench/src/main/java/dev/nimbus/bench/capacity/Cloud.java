package dev.nimbus.bench.capacity;

import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A cloud that always has what is asked for.
 *
 * @param fastest a machine's start, from being asked for until its agent registers
 * @param slowest the same
 */
public record Cloud(
    String name, long microsPerHour, Billing billing, Duration fastest, Duration slowest) {
  /** Priced as Amazon's c7i.xlarge in Frankfurt in August 2026. */
  public static final Cloud METERED =
      new Cloud(
          "by the second",
          203_700,
          new Billing.PerSecond(Duration.ofMinutes(1)),
          Duration.ofSeconds(40),
          Duration.ofSeconds(100));

  /** Priced as Hetzner's cpx42 without tax in August 2026. */
  public static final Cloud HOURLY =
      new Cloud(
          "by started hours",
          112_200,
          new Billing.Blocks(Duration.ofHours(1)),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120));

  Duration start(RandomGenerator random) {
    return fastest.plusMillis((long) (random.nextDouble() * slowest.minus(fastest).toMillis()));
  }

  /** What three of four starts do not take longer than, and the planner's turn before it. */
  Duration usualStart() {
    return fastest.plus(slowest.minus(fastest).multipliedBy(3).dividedBy(4)).plus(Run.TURN);
  }
}
