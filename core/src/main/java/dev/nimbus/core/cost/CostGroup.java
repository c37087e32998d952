package dev.nimbus.core.cost;

/**
 * What one group of machines or jobs cost.
 *
 * @param machines that were asked for in the period
 * @param millis of machines that were paid for
 * @param unpricedMillis those of them of which nobody knows the price: their cost is missing
 */
public record CostGroup(
    String name, Split micros, long machines, long millis, long unpricedMillis) {
  CostGroup plus(CostGroup other) {
    return new CostGroup(
        name,
        micros.plus(other.micros),
        machines + other.machines,
        millis + other.millis,
        unpricedMillis + other.unpricedMillis);
  }
}
