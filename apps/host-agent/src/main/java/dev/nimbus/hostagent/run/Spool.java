package dev.nimbus.hostagent.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The logs of ended jobs that are not stored yet, and how much of the disk they may keep: the
 * oldest is dropped first. Thread-safe.
 */
final class Spool {
  private final long limitBytes;
  private final Map<JobRun, Long> waiting = new LinkedHashMap<>();

  Spool(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Adds one; gives those to drop so that the rest fits. */
  synchronized List<JobRun> add(JobRun run, long bytes) {
    waiting.put(run, bytes);
    var total = bytes();
    var drop = new ArrayList<JobRun>();
    for (var entry : waiting.entrySet()) {
      if (total <= limitBytes) {
        break;
      }
      total -= entry.getValue();
      drop.add(entry.getKey());
    }
    drop.forEach(waiting::remove);
    return drop;
  }

  synchronized void remove(JobRun run) {
    waiting.remove(run);
  }

  synchronized long bytes() {
    return waiting.values().stream().mapToLong(Long::longValue).sum();
  }
}
