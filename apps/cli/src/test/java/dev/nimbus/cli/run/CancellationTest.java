package dev.nimbus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.client.TextClient;
import dev.nimbus.cli.Documents;
import dev.nimbus.cli.FakeControlPlane;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CancellationTest {
  private static final String CANCEL = "POST /api/jobs/j-1/cancel";

  private final FakeControlPlane plane = new FakeControlPlane();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Integer> halted = new CopyOnWriteArrayList<>();
  private final Cancellation cancellation =
      new Cancellation(
          new TextClient(URI.create(plane.url()), () -> "t"), "j-1", shell(), halted::add);

  private Shell shell() {
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Shell(stream, stream, Map.of(), Terminal.none(), InstantSource.system());
  }

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void theJobIsCancelledAndTheProgramEndsWith130OnceItStopped() {
    plane.on(CANCEL, Documents.waiting());
    var hook = CompletableFuture.runAsync(() -> cancellation.run(Duration.ofSeconds(20)));
    var watcher =
        Thread.ofVirtual()
            .start(
                () -> {
                  awaitCancelled();
                  over();
                });

    hook.join();

    assertThat(halted).containsExactly(130);
    assertThat(watcher.isAlive()).as("the watcher leaves the exit code to the hook").isTrue();
    watcher.interrupt();
  }

  private void awaitCancelled() {
    while (plane.asked(CANCEL).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private void over() {
    try {
      cancellation.over();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aJobThatTakesItsTimeIsNotWaitedForForever() {
    plane.on(CANCEL, Documents.waiting());

    cancellation.run(Duration.ofMillis(20));

    assertThat(halted).containsExactly(130);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("still stopping");
  }

  @Test
  void aControlPlaneThatIsGoneIsSaidSo() {
    plane.close();

    cancellation.run(Duration.ofSeconds(20));

    assertThat(halted).containsExactly(130);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot cancel j-1");
  }

  @Test
  void afterTheJobEndedThereIsNothingToCancel() throws InterruptedException {
    cancellation.over();

    cancellation.run(Duration.ofSeconds(20));

    assertThat(plane.asked(CANCEL)).isEmpty();
    assertThat(halted).isEmpty();
  }
}
