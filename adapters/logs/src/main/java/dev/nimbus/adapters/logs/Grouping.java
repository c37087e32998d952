package dev.nimbus.adapters.logs;

import java.util.ArrayList;
import java.util.List;

/** Decides which neighbouring chunks of an attempt become one. */
final class Grouping {
  /** Chunks stored further apart are not merged, so that none keeps the other from expiring. */
  private static final long MAX_SPREAD_MILLIS = 3_600_000;

  private final int usualBytes;
  private final List<List<Small>> groups = new ArrayList<>();
  private List<Small> group = new ArrayList<>();
  private long bytes;

  private Grouping(int usualBytes) {
    this.usualBytes = usualBytes;
  }

  /**
   * Runs of neighbours, each of about the usual size.
   *
   * @param withRest whether the last run may be smaller; otherwise it is left out
   */
  static List<List<Small>> of(List<Small> chunks, int usualBytes, boolean withRest) {
    var grouping = new Grouping(usualBytes);
    for (var chunk : chunks) {
      grouping.add(chunk);
    }
    if (withRest) {
      grouping.cut();
    }
    return grouping.groups;
  }

  private void add(Small chunk) {
    if (big(chunk) || (!group.isEmpty() && tooFar(group.getFirst(), chunk))) {
      cut();
    }
    group.add(chunk);
    bytes += chunk.rawBytes();
    if (big(chunk) || bytes >= usualBytes) {
      cut();
    }
  }

  private void cut() {
    if (!group.isEmpty()) {
      groups.add(group);
    }
    group = new ArrayList<>();
    bytes = 0;
  }

  /** Not worth doing again. */
  private boolean big(Small chunk) {
    return chunk.rawBytes() >= usualBytes / 2;
  }

  private static boolean tooFar(Small first, Small next) {
    return next.storedAt() - first.storedAt() > MAX_SPREAD_MILLIS;
  }

  record Small(long id, long last, int rawBytes, long storedAt) {}
}
