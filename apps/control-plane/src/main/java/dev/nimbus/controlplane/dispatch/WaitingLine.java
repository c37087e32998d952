package dev.nimbus.controlplane.dispatch;

import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Hosts whose questions are being held back, in the order they came, one question a host. */
final class WaitingLine {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<HostId, Turn> turns = new LinkedHashMap<>();

  Turn enter(Offer offer) {
    var turn = new Turn(offer);
    lock.lock();
    try {
      var older = turns.remove(offer.host());
      turns.put(offer.host(), turn);
      if (older != null) {
        older.wake();
      }
    } finally {
      lock.unlock();
    }
    return turn;
  }

  void leave(Turn turn) {
    lock.lock();
    try {
      turns.remove(turn.offer().host(), turn);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the question a host has open, if any: nothing is granted to it any more. */
  void expel(HostId host) {
    lock.lock();
    try {
      var turn = turns.remove(host);
      if (turn != null) {
        turn.close();
        turn.wake();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean hasAsking() {
    lock.lock();
    try {
      return !turns.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Those that want jobs. */
  List<Turn> asking() {
    lock.lock();
    try {
      return turns.values().stream().filter(turn -> turn.offer().slots() > 0).toList();
    } finally {
      lock.unlock();
    }
  }

  void wake(HostId host) {
    lock.lock();
    try {
      var turn = turns.get(host);
      if (turn != null) {
        turn.wake();
      }
    } finally {
      lock.unlock();
    }
  }

  void wakeAll() {
    lock.lock();
    try {
      turns.values().forEach(Turn::wake);
    } finally {
      lock.unlock();
    }
  }
}
