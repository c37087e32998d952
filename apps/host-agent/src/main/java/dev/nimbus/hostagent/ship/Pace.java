package dev.nimbus.hostagent.ship;

import dev.nimbus.service.time.SystemTime;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Monotonic time, and waiting for it. Tests bring their own. */
public interface Pace {
  Duration NEVER = Duration.ofDays(10_000);

  /** Time since some fixed moment; never goes backwards. */
  Duration now();

  /**
   * Waits until then, or until signalled, or for no reason at all.
   *
   * @param held the lock of the condition, which the caller holds
   */
  void await(Lock held, Condition changed, Duration until) throws InterruptedException;

  static Pace real() {
    return new RealPace(SystemTime.nanos());
  }

  /** The clock of this machine, counted from when this was made. */
  record RealPace(long origin) implements Pace {
    @Override
    public Duration now() {
      return Duration.ofNanos(SystemTime.nanos() - origin);
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // The caller loops; this is one wait of many.
    public void await(Lock held, Condition changed, Duration until) throws InterruptedException {
      var rest = until.minus(now());
      if (rest.isPositive()) {
        changed.awaitNanos(rest.toNanos());
      }
    }
  }
}
