package dev.nimbus.cli.run;

import dev.nimbus.api.Paths;
import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * What Ctrl-C does: cancels the job, gives it a moment to stop and its last lines time to arrive,
 * and ends the program with 130.
 */
final class Cancellation {
  static final int EXIT_CODE = 130;

  private final TextClient client;
  private final String job;
  private final Shell shell;
  private final IntConsumer halt;
  private final CountDownLatch followed = new CountDownLatch(1);
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WATCHING);

  Cancellation(TextClient client, String job, Shell shell, IntConsumer halt) {
    this.client = client;
    this.job = job;
    this.shell = shell;
    this.halt = halt;
  }

  /** Cancels, waits and halts; runs when the program is told to end. */
  void run(Duration grace) {
    if (!stage.compareAndSet(Stage.WATCHING, Stage.CANCELLING)) {
      return;
    }
    shell.say("cancelling " + job);
    try {
      client.post(Paths.with(Paths.JOB_CANCEL, job), "{}", Map.of());
      if (!followed.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        shell.say(job + " is still stopping: nimbus jobs show " + job);
      }
    } catch (NimbusException e) {
      shell.say("cannot cancel " + job + ": " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    shell.out().flush();
    halt.accept(EXIT_CODE);
  }

  /** Nothing is left to watch. Does not return while a cancellation is on, which then halts. */
  void over() throws InterruptedException {
    if (!stage.compareAndSet(Stage.WATCHING, Stage.OVER)) {
      followed.countDown();
      new CountDownLatch(1).await();
    }
  }

  private enum Stage {
    WATCHING,
    CANCELLING,
    OVER
  }
}
