package dev.nimbus.logpipeline.follow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One follower's wait for lines. Read after {@link #mark}, and no line is missed. */
public final class Watch implements AutoCloseable {
  private final Hub hub;
  private final Runnable end;
  private final AtomicBoolean closed = new AtomicBoolean();

  Watch(Hub hub, Runnable end) {
    this.hub = hub;
    this.end = end;
  }

  /** What was told so far. */
  public long mark() {
    return hub.count();
  }

  /** Waits until something was told after the mark, but not longer than so long. */
  public void await(long mark, Duration atMost) throws InterruptedException {
    hub.await(mark, atMost);
  }

  /** Wakes everybody who follows the same job, for nothing but to look again. */
  public void wake() {
    hub.ring();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      end.run();
    }
  }
}
