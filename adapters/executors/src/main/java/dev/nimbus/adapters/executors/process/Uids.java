package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The user ids given to sandboxes, each to one at a time. They are handed out in turn, so that a
 * file one sandbox left somewhere does not soon belong to another.
 */
final class Uids {
  private final int first;
  private final int count;
  private final BitSet taken = new BitSet();
  private final ReentrantLock lock = new ReentrantLock();
  private int next;

  /**
   * @param start where in the range to begin, so that two agents on one machine rarely meet
   */
  Uids(int first, int count, int start) {
    this.first = first;
    this.count = count;
    this.next = Math.floorMod(start, count);
  }

  int take() {
    lock.lock();
    try {
      var free = taken.nextClearBit(next);
      if (free >= count) {
        free = taken.nextClearBit(0);
      }
      if (free >= count) {
        throw new NimbusException(
            Kind.EXHAUSTED, "Cannot start a sandbox: all " + count + " user ids are in use");
      }
      taken.set(free);
      next = (free + 1) % count;
      return first + free;
    } finally {
      lock.unlock();
    }
  }

  /** Marks an id as in use that an earlier life gave out; one outside the range is ignored. */
  void claim(int uid) {
    lock.lock();
    try {
      if (uid >= first && uid < first + count) {
        taken.set(uid - first);
      }
    } finally {
      lock.unlock();
    }
  }

  void free(int uid) {
    lock.lock();
    try {
      if (uid >= first && uid < first + count) {
        taken.clear(uid - first);
      }
    } finally {
      lock.unlock();
    }
  }
}
