package dev.nimbus.e2e.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** What happened: the last part in words, all of it as a hash, the rare things counted. */
final class Trace {
  private static final int KEPT = Integer.getInteger("nimbus.sim.trace", 80);
  private static final long PRIME = 1_099_511_628_211L;

  private final Timeline timeline;
  private final Deque<String> last = new ArrayDeque<>();
  private final Tally tally = new Tally();
  private long hash = 1_469_598_103_934_665_603L;

  Trace(Timeline timeline) {
    this.timeline = timeline;
  }

  void add(String who, String what) {
    var line = timeline.now().toMillis() + " ms  " + who + "  " + what;
    hash = (hash ^ line.hashCode()) * PRIME;
    last.addLast(line);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  Tally tally() {
    return tally;
  }

  long hash() {
    return hash;
  }

  String tail() {
    return String.join("\n", last);
  }
}
