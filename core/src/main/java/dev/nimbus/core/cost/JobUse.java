package dev.nimbus.core.cost;

import dev.nimbus.core.executor.Usage;
import java.time.Duration;

/** What one job that ended used, of which its host could tell all. */
public record JobUse(Workload of, Duration ran, Usage used) {
  /** Processors it kept busy, on average, in thousandths. */
  long milliCpus() {
    return used.cpu().toMillis() * 1_000 / Math.max(1, ran.toMillis());
  }
}
