package dev.nimbus.service.metrics;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The label combinations of one metric, a bounded number of them. */
final class Series<P> {
  static final int LIMIT = 1000;

  private final String name;
  private final int labels;
  private final Function<String[], P> made;
  private final ConcurrentHashMap<List<String>, P> points = new ConcurrentHashMap<>();

  Series(String name, int labels, Function<String[], P> made) {
    this.name = name;
    this.labels = labels;
    this.made = made;
    if (labels == 0) {
      of();
    }
  }

  P of(String... values) {
    var key = List.of(values);
    var known = points.get(key);
    return known != null ? known : add(key);
  }

  private P add(List<String> key) {
    if (key.size() != labels) {
      throw new IllegalArgumentException(
          "Metric '%s' has %d labels, not %d".formatted(name, labels, key.size()));
    }
    var kept = points.size() < LIMIT ? key : Collections.nCopies(labels, "other");
    return points.computeIfAbsent(
        List.copyOf(kept), values -> made.apply(values.toArray(String[]::new)));
  }
}
