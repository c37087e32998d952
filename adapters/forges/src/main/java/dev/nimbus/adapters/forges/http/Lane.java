package dev.nimbus.adapters.forges.http;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets changes through one at a time, the most urgent first and the older of equals. A forge asks
 * for this, and it makes the distance between changes mean something.
 */
final class Lane {
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Turn> waiting =
      new PriorityQueue<>(Comparator.comparing(Turn::purpose).thenComparingLong(Turn::number));
  private boolean taken;
  private long numbers;

  /** How many changes would go before one of this purpose now. */
  int ahead(Call.Purpose purpose) {
    lock.lock();
    try {
      var before = waiting.stream().filter(turn -> turn.purpose().compareTo(purpose) <= 0).count();
      return Math.toIntExact(before) + (taken ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for its turn; whoever returns from here must {@link #leave}. */
  void enter(Call.Purpose purpose) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var turn = new Turn(purpose, numbers++, lock.newCondition());
      waiting.add(turn);
      try {
        while (taken || !turn.equals(waiting.peek())) {
          turn.mayGo().await();
        }
      } catch (InterruptedException e) {
        waiting.remove(turn);
        wakeNext();
        throw e;
      }
      waiting.remove(turn);
      taken = true;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      taken = false;
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  private void wakeNext() {
    var next = waiting.peek();
    if (next != null && !taken) {
      next.mayGo().signal();
    }
  }

  private record Turn(Call.Purpose purpose, long number, Condition mayGo) {}
}
