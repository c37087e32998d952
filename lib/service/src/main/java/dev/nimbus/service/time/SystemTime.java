package dev.nimbus.service.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of this machine. Wiring passes it on; everything else takes an {@link InstantSource}.
 */
public final class SystemTime {
  private SystemTime() {}

  /** Wall-clock time. */
  public static InstantSource clock() {
    return InstantSource.system();
  }

  /** A reading that only means something as a difference, in nanoseconds; never goes backwards. */
  public static long nanos() {
    return System.nanoTime();
  }

  /** Pauses the calling thread. */
  public static void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  /** Pauses the calling thread until a clock that runs as fast as time shows an instant. */
  public static void sleepUntil(Instant instant, InstantSource clock) throws InterruptedException {
    sleep(Duration.between(clock.instant(), instant));
  }
}
