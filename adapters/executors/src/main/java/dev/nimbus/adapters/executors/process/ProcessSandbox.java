package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Executor;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.SandboxId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** One sandbox on this host, started by this life of the agent or an earlier one. */
final class ProcessSandbox implements Executor.Sandbox {
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final SandboxId id;
  private final SandboxRemains remains;
  private final Runnable closed;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final ReentrantLock closing = new ReentrantLock();
  private volatile Exit exit = new Exit.Crashed("it has not ended");
  private volatile Usage usage = Usage.UNKNOWN;
  private volatile boolean gone;

  /** Returns when the supervisor of the sandbox has ended. */
  @FunctionalInterface
  interface Watch {
    void await() throws InterruptedException;
  }

  private ProcessSandbox(SandboxId id, SandboxRemains remains, Runnable closed) {
    this.id = id;
    this.remains = remains;
    this.closed = closed;
  }

  /**
   * @param closed run once, when the sandbox has been closed
   */
  static ProcessSandbox watched(
      SandboxId id, SandboxRemains remains, Watch watch, Runnable closed) {
    var sandbox = new ProcessSandbox(id, remains, closed);
    Thread.ofVirtual().name("sandbox " + id).start(() -> sandbox.watch(watch));
    remains
        .diskWatch()
        .ifPresent(
            disk -> Thread.ofVirtual().name("disk of " + id).start(() -> sandbox.watchDisk(disk)));
    return sandbox;
  }

  @Override
  public SandboxId id() {
    return id;
  }

  @Override
  public InputStream console(long fromByte) throws IOException {
    if (gone) {
      throw new IOException("The console of sandbox " + id + " is gone, it has been closed");
    }
    return ConsoleStream.open(
        remains.files().console(), remains.record().consoleLimitBytes(), ended, fromByte);
  }

  @Override
  public Exit await() throws InterruptedException {
    ended.await();
    return exit;
  }

  /** Waits for the end, and brings it about when the time is up first. */
  Exit awaitOrKill(Duration atMost) throws InterruptedException {
    if (!ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      killUntilEnded();
    }
    return await();
  }

  @Override
  public void stop(Duration grace) {
    var asked = !stopping.compareAndSet(false, true);
    Thread.ofVirtual().name("stop sandbox " + id).start(() -> stopWithin(grace, asked));
  }

  @Override
  public Usage usage() {
    return gone ? usage : remains.usage();
  }

  @Override
  public void close() {
    closing.lock();
    try {
      if (!gone) {
        killUntilEnded();
        usage = remains.usage();
        gone = true;
        remove();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closing.unlock();
    }
  }

  private void remove() throws InterruptedException {
    try {
      remains.remove();
    } finally {
      closed.run();
    }
  }

  private void watch(Watch watch) {
    try {
      watch.await();
      var ending = remains.ending();
      var left = remains.killAll(ending);
      exit = left.isEmpty() ? ending : new Exit.Crashed(left);
      ended.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watchDisk(DiskWatch disk) {
    try {
      if (disk.watch(time -> ended.await(time.toMillis(), TimeUnit.MILLISECONDS))) {
        remains.noteOverDisk();
        killUntilEnded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopWithin(Duration grace, boolean alreadyAsked) {
    try {
      var asked = alreadyAsked || askToEnd(grace);
      if (!asked || !ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        killUntilEnded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Asks everything in the sandbox to end. A job that has not begun needs no politeness; one that
   * is just about to is asked again, for nobody hears the first time.
   */
  private boolean askToEnd(Duration grace) throws InterruptedException {
    for (var rest = grace.toMillis(); rest > 0 && remains.begun(); rest -= LOOK_AGAIN_MILLIS) {
      if (remains.askToEnd() || ended.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private void killUntilEnded() throws InterruptedException {
    do {
      if (ended.getCount() > 0) {
        remains.kill();
      }
    } while (!ended.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
  }
}
