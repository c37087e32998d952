package dev.nimbus.bench.capacity;

import java.time.Duration;

/** How many machines wait for jobs that have not come yet. */
public sealed interface Policy {
  /** Always so many. */
  record Fixed(int machines) implements Policy {}

  /**
   * As many as the forecast says.
   *
   * @param waitingMicrosPerHour what waiting costs
   * @param off by how much the forecast is asked for another time: a mistake, for tests
   */
  record Predicted(long waitingMicrosPerHour, Duration off) implements Policy {}
}
