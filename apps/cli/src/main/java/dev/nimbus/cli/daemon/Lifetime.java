package dev.nimbus.cli.daemon;

import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.service.loop.Shutdown;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process that serves until it is told to end, and then ends in order. */
final class Lifetime {
  private static final Duration LONG = Duration.ofDays(10_000);

  private final Shell shell;
  private final Shutdown shutdown = new Shutdown();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode = 1;

  Lifetime(Shell shell) {
    this.shell = shell;
  }

  /** Runs the work, which starts something, calls {@link #awaitEnd} and closes it again. */
  int live(Work work) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stop));
    try {
      work.run();
      exitCode = 0;
      return exitCode;
    } finally {
      ended.countDown();
    }
  }

  /** Waits for SIGTERM, Ctrl-C or {@link #end}. */
  void awaitEnd() throws InterruptedException {
    var _ = shutdown.await(LONG);
    shell.say("stopping");
  }

  /** Asks for the end. */
  void end() {
    shutdown.request();
  }

  /** The JVM must not leave before everything is closed. */
  private void stop() {
    shutdown.request();
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    shell.out().flush();
    Runtime.getRuntime().halt(exitCode);
  }

  /** What a process does between its start and its end. */
  interface Work {
    void run() throws InterruptedException;
  }
}
