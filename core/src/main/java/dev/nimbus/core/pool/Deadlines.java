package dev.nimbus.core.pool;

import java.time.Duration;

/**
 * How long each phase of a machine's start may take before it is given up.
 *
 * @param create until its provider says it exists
 * @param boot from there until it asks for what it needs
 * @param register from there until its agent registers
 */
public record Deadlines(Duration create, Duration boot, Duration register) {
  public static final Deadlines USUAL =
      new Deadlines(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(5));

  public Deadlines {
    for (var deadline : new Duration[] {create, boot, register}) {
      if (!deadline.isPositive() || deadline.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            "A deadline is above zero and at most a day: " + deadline);
      }
    }
  }
}
