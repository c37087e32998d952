package dev.nimbus.bench.capacity;

import java.time.Duration;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Three policies on the same jobs, on one cloud. */
public final class Comparison {
  private static final int HISTORY = 21;
  private static final int LARGEST = 4_096;

  private final Cloud cloud;
  private final Workload workload;
  private final int days;
  private final TreeMap<Integer, Outcome> tried = new TreeMap<>();

  /** Over so many days after three weeks of history. */
  public Comparison(Cloud cloud, long seed, double perDay, int days) {
    this.cloud = cloud;
    this.days = days;
    var first = LocalDate.of(2026, 8, 24);
    var holidays = Set.of(first.plusDays(HISTORY + 9), first.plusDays(HISTORY + 52));
    workload = new Workload(seed, first, perDay, holidays);
  }

  public Outcome without() {
    return fixed(0);
  }

  public Outcome fixed(int machines) {
    return tried.computeIfAbsent(machines, size -> run(new Policy.Fixed(size)));
  }

  public Outcome predicted(long waitingMicrosPerHour, Duration off) {
    return run(new Policy.Predicted(waitingMicrosPerHour, off));
  }

  /** The smallest fixed pool with which no more of twenty jobs wait longer. */
  public int fixedAsGoodAs(Outcome other) {
    var high = 1;
    while (high < LARGEST && fixed(high).p95Seconds() > other.p95Seconds()) {
      high *= 2;
    }
    var low = high / 2;
    while (low + 1 < high) {
      var middle = (low + high) / 2;
      if (fixed(middle).p95Seconds() > other.p95Seconds()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Every fixed size that was looked at. */
  public NavigableMap<Integer, Outcome> tried() {
    return tried;
  }

  private Outcome run(Policy policy) {
    return new Run(cloud, policy, 1).before(workload, HISTORY).during(workload, HISTORY, days);
  }
}
