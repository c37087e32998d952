package dev.nimbus.hostagent.ship;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Time that passes only when a test says so. */
public final class FakePace implements Pace, InstantSource {
  private record Waiter(Lock lock, Condition changed) {}

  private final List<Waiter> waiters = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private Duration set = Duration.ZERO;

  @Override
  public synchronized Duration now() {
    return now;
  }

  @Override
  public synchronized Instant instant() {
    return Instant.EPOCH.plus(now).plus(set);
  }

  /** Somebody sets the clock on the wall so far ahead. */
  public synchronized void setAhead(Duration by) {
    set = set.plus(by);
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // The caller loops; this is one wait of many.
  public void await(Lock held, Condition changed, Duration until) throws InterruptedException {
    var waiter = new Waiter(held, changed);
    synchronized (this) {
      waiters.add(waiter);
    }
    if (now().compareTo(until) < 0) {
      changed.await();
    }
    synchronized (this) {
      waiters.remove(waiter);
    }
  }

  /** Lets time pass and wakes whoever waits for it. */
  public void advance(Duration time) {
    List<Waiter> woken;
    synchronized (this) {
      now = now.plus(time);
      woken = List.copyOf(waiters);
    }
    for (var waiter : woken) {
      waiter.lock().lock();
      try {
        waiter.changed().signalAll();
      } finally {
        waiter.lock().unlock();
      }
    }
  }
}
