package dev.nimbus.testkit.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that moves only when a test says so. */
public final class SteppedTime implements InstantSource {
  private final AtomicReference<Instant> now;

  public SteppedTime(Instant start) {
    now = new AtomicReference<>(start);
  }

  public void step(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  /** Goes on to an instant, or stays where it is when that is past. */
  public void stepTo(Instant instant) {
    now.updateAndGet(was -> was.isAfter(instant) ? was : instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }
}
