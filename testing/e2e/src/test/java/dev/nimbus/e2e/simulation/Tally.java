package dev.nimbus.e2e.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often things happened, to see that a run was not a quiet one. */
final class Tally {
  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  void add(Tally other) {
    other.counts.forEach((what, often) -> counts.merge(what, often, Long::sum));
  }

  Map<String, Long> counts() {
    return counts;
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
