package dev.nimbus.service.loop;

import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Histogram;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.SystemTime;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An idempotent step, run on a period and whenever somebody nudges it, never twice at a time. A
 * step that throws is counted, logged when the failing begins, and tried again at the next turn.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final double[] SECONDS = {0.001, 0.01, 0.1, 1, 10, 60};

  private final String name;
  private final Duration period;
  private final Runnable step;
  private final Counter runs;
  private final Histogram seconds;
  private final Semaphore nudges = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  private Loop(String name, Duration period, Metrics metrics, Runnable step) {
    this.name = name;
    this.period = period;
    this.step = step;
    this.runs =
        metrics.counter(
            "nimbus_reconcile_runs_total", "Turns of background loops.", "loop", "result");
    this.seconds =
        metrics.histogram(
            "nimbus_reconcile_seconds", "Time a turn of a loop took.", SECONDS, "loop");
    this.thread = Thread.ofVirtual().name("loop-" + name).unstarted(this::turns);
  }

  /** Starts a loop; its first turn begins at once. */
  public static Loop start(String name, Duration period, Metrics metrics, Runnable step) {
    var loop = new Loop(name, period, metrics, step);
    loop.thread.start();
    return loop;
  }

  /** Asks for a turn now; several requests during one turn are one turn after it. */
  public void nudge() {
    if (nudges.availablePermits() == 0) {
      nudges.release();
    }
  }

  /** Lets the current turn end, interrupting it after {@code 5 s}, and returns when it did. */
  @Override
  public void close() {
    closed = true;
    nudges.release();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void turns() {
    try {
      while (!closed) {
        nudges.tryAcquire(period.toNanos(), TimeUnit.NANOSECONDS);
        nudges.drainPermits();
        if (!closed) {
          turn();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    var began = SystemTime.nanos();
    try {
      step.run();
      runs.increment(name, "ok");
      if (failing) {
        LOG.atInfo().addKeyValue("loop", name).log("Loop works again");
      }
      failing = false;
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      seconds.observe((SystemTime.nanos() - began) / 1e9, name);
    }
  }

  private void failed(RuntimeException e) throws InterruptedException {
    if (closed && Thread.interrupted()) {
      throw new InterruptedException();
    }
    runs.increment(name, "failed");
    if (!failing) {
      LOG.atError().addKeyValue("loop", name).setCause(e).log("Loop fails and keeps trying");
    }
    failing = true;
  }
}
