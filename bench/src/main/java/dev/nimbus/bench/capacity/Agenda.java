package dev.nimbus.bench.capacity;

import java.util.PriorityQueue;

/** What happens to machines later, in order of time. */
final class Agenda {
  /** What happens. */
  enum What {
    READY,
    DONE,
    GONE
  }

  record Entry(long at, What what, Simulated machine) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          (one, other) -> {
            var order = Long.compare(one.at, other.at);
            return order != 0 ? order : Long.compare(one.machine.number(), other.machine.number());
          });

  void add(long at, What what, Simulated machine) {
    entries.add(new Entry(at, what, machine));
  }

  long next() {
    var first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.at;
  }

  Entry take() {
    return entries.remove();
  }
}
