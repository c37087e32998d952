package dev.nimbus.hostagent.run;

import dev.nimbus.hostagent.ship.Pace;
import java.time.Duration;

/**
 * Keeps a host that cannot start jobs from burning through the queue: after each failure in a row
 * it takes nothing for twice as long. Thread-safe.
 */
final class Cooling {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 5;

  private final Pace pace;
  private int failures;
  private Duration until = Duration.ZERO;
  private boolean waiting;

  Cooling(Pace pace) {
    this.pace = pace;
  }

  synchronized void failed() {
    until = pace.now().plus(FIRST.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS)));
    failures++;
    waiting = true;
  }

  synchronized void worked() {
    failures = 0;
  }

  synchronized boolean cold() {
    return pace.now().compareTo(until) < 0;
  }

  /** True once after each time of cooling. */
  synchronized boolean justOver() {
    var over = waiting && !cold();
    waiting = waiting && !over;
    return over;
  }
}
