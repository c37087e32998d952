package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.log.LogStore.Tidied;
import java.time.Instant;
import java.util.ArrayList;

/** The chores of the store, one at a time. */
final class Upkeep {
  private static final int ATTEMPTS = 256;

  private final Compaction compaction;
  private final Trimming trimming;

  Upkeep(Compaction compaction, Trimming trimming) {
    this.compaction = compaction;
    this.trimming = trimming;
  }

  synchronized long expire(Instant before) {
    return trimming.expire(before);
  }

  synchronized Tidied tidy() {
    var dropped = trimming.shrink();
    trimming.giveBack();
    return new Tidied(merge(), dropped);
  }

  /** An attempt with a damaged chunk is reported, but does not keep others from being merged. */
  private int merge() {
    var merged = 0;
    var failures = new ArrayList<NimbusException>();
    for (var attempt : compaction.candidates(ATTEMPTS)) {
      try {
        merged += compaction.step(attempt);
      } catch (NimbusException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return merged;
  }
}
