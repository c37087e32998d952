package dev.nimbus.core.pool;

/** How a pool finds out how many machines are to wait for jobs that have not come yet. */
public sealed interface Warming {
  /** By what it says itself, and nothing else. */
  record Fixed() implements Warming {}

  /**
   * By what came at the same time in the weeks before; what it says itself is the least.
   *
   * @param waitingMicrosPerHour what it is worth that a job does not wait for an hour, in
   *     millionths of a US dollar
   */
  record Predicted(long waitingMicrosPerHour) implements Warming {
    /** What waiting is taken to cost where nobody says it. */
    public static final long USUAL = 10_000_000;

    public Predicted {
      if (waitingMicrosPerHour <= 0) {
        throw new IllegalArgumentException(
            "To wait costs more than nothing, or nothing is kept warm: " + waitingMicrosPerHour);
      }
    }
  }
}
