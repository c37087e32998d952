package dev.nimbus.e2e.system;

import dev.nimbus.service.time.SystemTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something that will become true by itself. */
public final class Await {
  private static final Duration GLANCE = Duration.ofMillis(50);

  private Await() {}

  /**
   * Looks again and again until it is so.
   *
   * @param what completes "waited in vain for ..." when the time is up first
   */
  public static void until(Duration atMost, Supplier<String> what, BooleanSupplier so) {
    var _ =
        value(
            atMost, what, () -> so.getAsBoolean() ? Optional.of(true) : Optional.<Boolean>empty());
  }

  /** Asks again and again until there is an answer. */
  public static <T> T value(Duration atMost, Supplier<String> what, Supplier<Optional<T>> answer) {
    var deadline = SystemTime.nanos() + atMost.toNanos();
    while (true) {
      var given = answer.get();
      if (given.isPresent()) {
        return given.get();
      }
      if (SystemTime.nanos() > deadline) {
        throw new AssertionError("Waited " + atMost + " in vain for " + what.get());
      }
      pause(GLANCE);
    }
  }

  /** Lets time pass where time itself is what is tested. */
  public static void pause(Duration time) {
    try {
      SystemTime.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting", e);
    }
  }
}
