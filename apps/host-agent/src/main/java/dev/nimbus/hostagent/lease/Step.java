package dev.nimbus.hostagent.lease;

import java.util.ArrayList;
import java.util.List;

/** The answer to an event: what is true from now on, and what is to be done, in order. */
public record Step(LeaseKeeping next, List<Action> actions) {
  public Step {
    actions = List.copyOf(actions);
  }

  /** The same, with one thing to be done first. */
  Step after(Action first) {
    var all = new ArrayList<Action>();
    all.add(first);
    all.addAll(actions);
    return new Step(next, all);
  }

  /** The same, with one thing to be done last. */
  Step before(Action last) {
    var all = new ArrayList<>(actions);
    all.add(last);
    return new Step(next, all);
  }
}
