package dev.nimbus.e2e.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The only source of chance in a run: the same seed gives the same run. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** True so often in a hundred times. */
  boolean percent(double probability) {
    return random.nextDouble(100) < probability;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  double fraction() {
    return random.nextDouble();
  }

  /** Any time up to the given one. */
  Duration upTo(Duration most) {
    return Duration.ofNanos(random.nextLong(Math.max(1, most.toNanos())));
  }

  Duration between(Duration least, Duration most) {
    return least.plus(upTo(most.minus(least)));
  }

  /** From minus to plus the given time. */
  Duration around(Duration most) {
    return most.isZero() ? most : upTo(most.multipliedBy(2)).minus(most);
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
