package dev.nimbus.controlplane.dispatch;

import dev.nimbus.core.host.Offer;
import dev.nimbus.core.lease.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One host's question while it is held back. Grants are only made while the host is still there to
 * take them: {@link #serve} and {@link #close} exclude each other, so what was granted is answered.
 */
final class Turn {
  private final Offer offer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean open;
  private boolean awake;
  private List<Lease> granted = List.of();

  Turn(Offer offer) {
    this.offer = offer;
  }

  Offer offer() {
    return offer;
  }

  /** From now on it may be served. */
  void open() {
    lock.lock();
    try {
      open = true;
    } finally {
      lock.unlock();
    }
  }

  /** Asks for leases and wakes the host if there are some; otherwise remembers the failure. */
  void serve(Function<Offer, List<Lease>> grant, FailedOffers failed) {
    lock.lock();
    try {
      if (!open || !granted.isEmpty()) {
        return;
      }
      granted = grant.apply(offer);
      if (granted.isEmpty()) {
        failed.add(offer);
      } else {
        woken.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      awake = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var nanos = atMost.toNanos();
      while (granted.isEmpty() && !awake && nanos > 0) {
        nanos = woken.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the wait; nothing is granted to it any more. */
  List<Lease> close() {
    lock.lock();
    try {
      open = false;
      return granted;
    } finally {
      lock.unlock();
    }
  }
}
