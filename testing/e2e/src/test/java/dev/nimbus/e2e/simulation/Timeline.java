package dev.nimbus.e2e.simulation;

import java.time.Duration;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in order. Things of the same moment keep their order. */
final class Timeline {
  private record Planned(long at, long number, Runnable what) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      var byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private long now;
  private long numbered;

  /** Since the beginning. */
  Duration now() {
    return Duration.ofNanos(now);
  }

  void after(Duration delay, Runnable what) {
    var at = now + Math.max(0, delay.toNanos());
    planned.add(new Planned(at, ++numbered, what));
  }

  /** Lets the next thing happen; false when there is none. */
  boolean next() {
    var next = planned.poll();
    if (next == null) {
      return false;
    }
    now = next.at;
    next.what.run();
    return true;
  }
}
