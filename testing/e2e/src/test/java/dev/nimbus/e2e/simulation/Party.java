package dev.nimbus.e2e.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Something that lives, may be paused, and may die and rise again. What it planned in an earlier
 * life never happens; what comes due while it is paused happens when it goes on, in order.
 */
final class Party {
  private final Timeline timeline;
  private final Deque<Runnable> heldUp = new ArrayDeque<>();
  private long life;
  private boolean up;
  private boolean paused;

  Party(Timeline timeline) {
    this.timeline = timeline;
  }

  boolean up() {
    return up;
  }

  boolean paused() {
    return paused;
  }

  boolean awake() {
    return up && !paused;
  }

  void rise() {
    life++;
    up = true;
  }

  void die() {
    life++;
    up = false;
    paused = false;
    heldUp.clear();
  }

  void pause() {
    paused = up;
  }

  void goOn() {
    paused = false;
    while (!heldUp.isEmpty()) {
      timeline.after(Duration.ZERO, heldUp.removeFirst());
    }
  }

  /** Plans something for this life. */
  void after(Duration delay, Runnable what) {
    timeline.after(delay, now(what));
  }

  /** The same, to be run by somebody else at the time. */
  Runnable now(Runnable what) {
    var planned = life;
    return () -> happen(planned, what);
  }

  /** The same for something that is heard. */
  <T> Consumer<T> hearing(Consumer<T> what) {
    var planned = life;
    return heard -> happen(planned, () -> what.accept(heard));
  }

  /** Something from outside reaches whatever life there is. */
  void reach(Runnable what) {
    if (up) {
      happen(life, what);
    }
  }

  private void happen(long planned, Runnable what) {
    if (planned != life || !up) {
      return;
    }
    if (paused) {
      heldUp.addLast(() -> happen(planned, what));
    } else {
      what.run();
    }
  }
}
