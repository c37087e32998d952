package dev.nimbus.controlplane.watch;

import dev.nimbus.core.id.JobId;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who watch a job when it may have changed. Jobs share a fixed number of stripes, so
 * memory is bounded and a watcher may be woken for nothing; it looks at the job and waits again.
 * Changes made by another control plane are not seen here: watchers bound their wait.
 */
public final class JobWatch {
  private static final int STRIPES = 256;

  private final Stripe[] stripes = new Stripe[STRIPES];

  public JobWatch() {
    for (var i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Where changes stand now; take it before looking at the job. */
  public long mark(JobId job) {
    return stripe(job).version();
  }

  public void changed(JobId job) {
    stripe(job).change();
  }

  /** Waits until something has changed since the mark, or for so long. */
  public void await(JobId job, long mark, Duration atMost) throws InterruptedException {
    stripe(job).await(mark, atMost);
  }

  private Stripe stripe(JobId job) {
    return stripes[Math.floorMod(job.hashCode(), STRIPES)];
  }

  private static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long version;

    long version() {
      lock.lock();
      try {
        return version;
      } finally {
        lock.unlock();
      }
    }

    void change() {
      lock.lock();
      try {
        version++;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void await(long mark, Duration atMost) throws InterruptedException {
      lock.lock();
      try {
        var nanos = atMost.toNanos();
        while (version == mark && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
