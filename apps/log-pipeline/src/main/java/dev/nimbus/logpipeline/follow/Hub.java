package dev.nimbus.logpipeline.follow;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts how often something happened, and wakes who waits for the next time. Thread-safe. */
final class Hub {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long count;

  void ring() {
    lock.lock();
    try {
      count++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it has rung since the count was this, but not longer than so long. */
  void await(long seen, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = atMost.toNanos();
      while (count == seen && left > 0) {
        left = rung.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
