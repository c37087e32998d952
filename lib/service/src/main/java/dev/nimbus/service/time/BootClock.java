package dev.nimbus.service.time;

import java.time.Duration;
import java.util.Optional;

/**
 * The time since this machine started: it goes on while no process of ours runs and while the
 * machine sleeps, and setting the clock on the wall does not move it. Thread-safe.
 */
@FunctionalInterface
public interface BootClock {
  Moment now();

  /** The clock of this machine. What it cannot read is an {@code UNAVAILABLE} failure. */
  static BootClock system() {
    return new KernelBootClock();
  }

  /**
   * A point in time that any process of the same boot understands.
   *
   * @param boot tells this boot of the machine from every other
   * @param since how long ago the machine started, to a hundredth of a second
   */
  record Moment(String boot, Duration since) {
    /** How long after the earlier moment this one is; empty when they are of different boots. */
    public Optional<Duration> after(Moment earlier) {
      return boot.equals(earlier.boot) ? Optional.of(since.minus(earlier.since)) : Optional.empty();
    }
  }
}
