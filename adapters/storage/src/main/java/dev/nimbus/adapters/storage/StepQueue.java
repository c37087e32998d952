package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** Steps on their way to the threads that run them. Bounded; after its end it refuses. */
final class StepQueue {
  private static final int MOST_WAITING = 20_000;

  private final LinkedBlockingQueue<Step<?>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private volatile boolean ended;

  void add(Step<?> step) {
    if (!waiting.offer(step)) {
      throw step.refused(Kind.EXHAUSTED, MOST_WAITING + " others are waiting for the database");
    }
    if (ended) {
      refuseWaiting();
    }
  }

  /** Waits for a step and adds it, and others that wait already, up to so many. */
  void take(List<Step<?>> into, int most) throws InterruptedException {
    into.add(waiting.take());
    waiting.drainTo(into, most - 1);
  }

  /** Refuses those that wait and whoever still comes. */
  void end() {
    ended = true;
    refuseWaiting();
  }

  private void refuseWaiting() {
    for (var step = waiting.poll(); step != null; step = waiting.poll()) {
      step.failed(step.refused(Kind.UNAVAILABLE, "the database is closed"));
      step.finish();
    }
  }
}
