package dev.nimbus.bench.capacity;

/**
 * What came of a policy.
 *
 * @param dollars what all machines cost
 * @param idle the share of machine time spent waiting for a job
 * @param plans how many plans were made
 * @param planMicros what one took on average
 */
public record Outcome(
    double dollars,
    long jobs,
    double p50Seconds,
    double p95Seconds,
    double p99Seconds,
    double meanSeconds,
    double idle,
    int most,
    long plans,
    double planMicros) {
  /** Whether it is cheaper than the other and nobody waits longer. */
  public boolean beats(Outcome other) {
    return dollars < other.dollars && p95Seconds <= other.p95Seconds;
  }
}
