package dev.nimbus.logpipeline.upkeep;

import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.LogStore.Stats;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;

/** Retention, merging of small chunks and the size bound, in one step that may be repeated. */
public final class Upkeep {
  /** How often small chunks are merged in one turn while there are more. */
  private static final int ROUNDS = 20;

  private final LogStore store;
  private final Duration retention;
  private final InstantSource time;
  private final Counter dropped;
  private final Counter merged;
  private volatile Stats stats;

  public Upkeep(LogStore store, Duration retention, InstantSource time, Metrics metrics) {
    this.store = store;
    this.retention = retention;
    this.time = time;
    stats = store.stats();
    dropped =
        metrics.counter(
            "nimbus_logs_dropped_total", "Log lines dropped for their age or for space.", "why");
    merged = metrics.counter("nimbus_logs_merged_chunks_total", "Small chunks merged into others.");
    metrics.sample("nimbus_logs_stored_lines", "Log lines kept.", () -> (double) stats.lines());
    metrics.sample("nimbus_logs_stored_bytes", "Disk the log takes.", () -> (double) stats.bytes());
  }

  public void step() {
    dropped.add((double) store.expire(time.instant().minus(retention)), "age");
    for (var round = 0; round < ROUNDS; round++) {
      var tidied = store.tidy();
      dropped.add((double) tidied.dropped(), "space");
      merged.add(tidied.merged());
      if (tidied.merged() == 0) {
        break;
      }
    }
    stats = store.stats();
  }
}
