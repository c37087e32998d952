package dev.nimbus.core.placement;

import dev.nimbus.core.job.Labels;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds things by the labels they offer, in the order in which they were added. */
final class LabelIndex<T> {
  private final List<T> things = new ArrayList<>();
  private final Map<String, BitSet> offering = new HashMap<>();

  void add(Labels offered, T thing) {
    for (var label : offered.values()) {
      offering.computeIfAbsent(label, _ -> new BitSet()).set(things.size());
    }
    things.add(thing);
  }

  /** Those that offer everything wanted. */
  List<T> covering(Labels wanted) {
    var found = new BitSet(things.size());
    found.set(0, things.size());
    for (var label : wanted.values()) {
      var some = offering.get(label);
      if (some == null) {
        return List.of();
      }
      found.and(some);
    }
    return found.stream().mapToObj(things::get).toList();
  }
}
