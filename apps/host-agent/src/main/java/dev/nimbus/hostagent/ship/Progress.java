package dev.nimbus.hostagent.ship;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether waiting for a shipment makes sense. Thread-safe. */
final class Progress {
  private enum State {
    MOVING,
    FAILING,
    OVER
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.MOVING;

  void moving() {
    become(State.MOVING);
  }

  void failing() {
    become(State.FAILING);
  }

  /** For good. */
  void over() {
    become(State.OVER);
  }

  /** Waits while it moves. */
  void await(Pace pace, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var until = pace.now().plus(atMost);
      while (state == State.MOVING && pace.now().compareTo(until) < 0) {
        pace.await(lock, changed, until);
      }
    } finally {
      lock.unlock();
    }
  }

  private void become(State next) {
    lock.lock();
    try {
      if (state != State.OVER) {
        state = next;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
