package dev.nimbus.service.loop;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The signal that a process, or one service in it, is about to end. It is given once and never
 * taken back. Thread-safe.
 */
public final class Shutdown {
  private final CountDownLatch signal = new CountDownLatch(1);
  private final Set<Waiting> hooks = ConcurrentHashMap.newKeySet();

  public boolean requested() {
    return signal.getCount() == 0;
  }

  /** Gives the signal. Giving it again changes nothing. */
  public void request() {
    signal.countDown();
    List.copyOf(hooks).forEach(this::wake);
  }

  /**
   * Runs something when the signal is given, at once if it was already. It runs once, on the thread
   * that gives the signal, and must be short and not throw: wake somebody up.
   */
  public Hook onRequest(Runnable wake) {
    var waiting = new Waiting(wake);
    hooks.add(waiting);
    if (requested()) {
      wake(waiting);
    }
    return () -> hooks.remove(waiting);
  }

  /** Waits for the signal; false when the time ran out first. */
  public boolean await(Duration atMost) throws InterruptedException {
    return signal.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void wake(Waiting waiting) {
    if (hooks.remove(waiting)) {
      waiting.wake.run();
    }
  }

  /** One request to be woken; two of them are never the same. */
  private static final class Waiting {
    private final Runnable wake;

    Waiting(Runnable wake) {
      this.wake = wake;
    }
  }

  /** Forgets what {@link #onRequest} was asked to run. */
  public interface Hook extends AutoCloseable {
    @Override
    void close();
  }
}
