package dev.nimbus.testkit.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Equipment;
import dev.nimbus.core.executor.Executor;
import dev.nimbus.core.executor.Executor.Sandbox;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every executor must do. */
@Timeout(60)
public abstract class ExecutorContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration SHORT = Duration.ofMillis(200);
  protected static final long CONSOLE_LIMIT = 10_000;

  private static final DiskLimits DISK = new DiskLimits(8L << 20, 4L << 20);
  private static final int MAX_PROCESSES = 64;

  /** The executor under test, the same one throughout a test. */
  protected abstract Executor executor();

  /** An executor on the same host as a later life of the agent opens it. */
  protected abstract Executor nextLife();

  /** A command that prints the text and ends with the code. */
  protected abstract List<String> printing(String text, int code);

  /** A command that prints the text and waits until it is asked to end. */
  protected abstract List<String> waiting(String text);

  /** A command that prints the text and waits, whatever it is asked. */
  protected abstract List<String> stubborn(String text);

  /** A command that takes memory until the kernel ends it. */
  protected abstract List<String> greedy();

  /** A command that writes to its workspace until it is ended. */
  protected abstract List<String> filling();

  /** A command that prints a file of its equipment and then a variable of its environment. */
  protected abstract List<String> showing(String file, String variable);

  /** The limits sandboxes are started with; small, so that a greedy one soon meets them. */
  protected Size limits() {
    return new Size(1_000, 64L * 1024 * 1024);
  }

  @AfterEach
  void closeAll() {
    nextLife().sweep(List.of());
  }

  @Test
  void printsAndEndsWithTheCodeOfTheJob() throws Exception {
    try (var sandbox = start("j-1", printing("hello\n", 3))) {
      assertThat(read(sandbox.console(0))).isEqualTo("hello\n");
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(3));
    }
  }

  @Test
  void theConsoleMayBeReadFromAnyByteAndAgain() throws Exception {
    try (var sandbox = start("j-1", printing("0123456789", 0))) {
      sandbox.await();
      assertThat(read(sandbox.console(4))).isEqualTo("456789");
      assertThat(read(sandbox.console(0))).isEqualTo("0123456789");
      assertThat(read(sandbox.console(10))).isEmpty();
    }
  }

  @Test
  void theConsoleIsReadWhileTheJobRuns() throws Exception {
    try (var sandbox = start("j-1", waiting("so far\n"));
        var console = sandbox.console(0)) {
      assertThat(new String(console.readNBytes(7), StandardCharsets.UTF_8)).isEqualTo("so far\n");
      sandbox.stop(LONG);
      assertThat(console.read()).isEqualTo(-1);
    }
  }

  @Test
  void whatGoesBeyondTheConsoleLimitIsDroppedWithANote() throws Exception {
    var text = "x".repeat((int) CONSOLE_LIMIT) + "too much";
    try (var sandbox = start("j-1", printing(text, 0))) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(0));
      assertThat(read(sandbox.console(CONSOLE_LIMIT - 3)))
          .isEqualTo("xxx\nnimbus: output limit of 10000 bytes reached, the rest is dropped\n");
    }
  }

  @Test
  void outputThatJustFitsHasNoNote() throws Exception {
    try (var sandbox = start("j-1", printing("y".repeat((int) CONSOLE_LIMIT), 0))) {
      assertThat(read(sandbox.console(CONSOLE_LIMIT - 3))).isEqualTo("yyy");
    }
  }

  @Test
  void aJobThatHeedsARequestEndsLongBeforeTheGrace() throws Exception {
    try (var sandbox = start("j-1", waiting("up\n"))) {
      waitFor(sandbox, "up\n");
      sandbox.stop(LONG);
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(143));
    }
  }

  @Test
  void aJobThatIgnoresRequestsIsKilledAfterTheGrace() throws Exception {
    try (var sandbox = start("j-1", stubborn("up\n"))) {
      waitFor(sandbox, "up\n");
      sandbox.stop(SHORT);
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(137));
    }
  }

  @Test
  void askingAgainWithAShorterGraceShortensIt() throws Exception {
    try (var sandbox = start("j-1", stubborn("up\n"))) {
      waitFor(sandbox, "up\n");
      sandbox.stop(LONG);
      sandbox.stop(Duration.ZERO);
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(137));
    }
  }

  @Test
  void stoppingAJobThatHasEndedChangesNothing() throws Exception {
    try (var sandbox = start("j-1", printing("", 5))) {
      sandbox.await();
      sandbox.stop(SHORT);
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(5));
    }
  }

  @Test
  void aJobThatTakesTooMuchMemoryIsOutOfMemory() throws Exception {
    try (var sandbox = start("j-1", greedy())) {
      assertThat(sandbox.await()).isEqualTo(new Exit.OutOfMemory());
    }
  }

  @Test
  void aJobThatWritesTooMuchIsOverItsDiskLimit() throws Exception {
    try (var sandbox = start("j-1", filling())) {
      assertThat(sandbox.await()).isEqualTo(new Exit.OverDisk(8L << 20));
    }
  }

  @Test
  void manyMayAwaitTheSameEnd() throws Exception {
    try (var sandbox = start("j-1", waiting("up\n"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(sandbox::await);
      var second = threads.submit(sandbox::await);
      sandbox.stop(SHORT);
      assertThat(first.get()).isEqualTo(second.get());
    }
  }

  @Test
  void aNameCanBeUsedOnlyOnceAtATime() throws Exception {
    try (var sandbox = start("j-1", waiting("up\n"))) {
      assertThatThrownBy(() -> start("j-1", printing("", 0)))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
      assertThat(executor().found()).containsExactly(sandbox.id());
    }
    try (var sandbox = start("j-1", printing("", 0))) {
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(0));
    }
  }

  @Test
  void aSandboxIsFoundUntilItIsClosed() throws Exception {
    var sandbox = start("j-1", printing("", 0));
    sandbox.await();
    assertThat(executor().found()).containsExactly(sandbox.id());
    sandbox.close();
    assertThat(executor().found()).isEmpty();
    assertThat(executor().adopt(sandbox.id())).isEmpty();
  }

  @Test
  void closingKillsAndMayBeRepeated() throws Exception {
    var sandbox = start("j-1", stubborn("up\n"));
    waitFor(sandbox, "up\n");
    sandbox.close();
    sandbox.close();
    assertThat(sandbox.await()).isEqualTo(new Exit.Exited(137));
    assertThatThrownBy(() -> sandbox.console(0)).isInstanceOf(IOException.class);
    assertThat(sandbox.usage()).isNotNull();
  }

  @Test
  void aLaterLifeAdoptsARunningSandbox() throws Exception {
    var sandbox = start("j-1", waiting("before\n"));
    waitFor(sandbox, "before\n");
    var later = nextLife();
    assertThat(later.found()).containsExactly(sandbox.id());
    try (var adopted = later.adopt(sandbox.id()).orElseThrow()) {
      waitFor(adopted, "before\n");
      adopted.stop(LONG);
      assertThat(adopted.await()).isEqualTo(new Exit.Exited(143));
    }
  }

  @Test
  void aLaterLifeLearnsTheEndOfASandboxThatEndedMeanwhile() throws Exception {
    var sandbox = start("j-1", printing("all\n", 9));
    sandbox.await();
    try (var adopted = nextLife().adopt(sandbox.id()).orElseThrow()) {
      assertThat(adopted.await()).isEqualTo(new Exit.Exited(9));
      assertThat(read(adopted.console(0))).isEqualTo("all\n");
    }
  }

  @Test
  void aSandboxNobodyStartedCannotBeAdopted() {
    assertThat(executor().adopt(id("j-nobody"))).isEmpty();
  }

  @Test
  void aSandboxClosedWhileItStartsLeavesNothing() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var round = 0; round < 20; round++) {
        var starting = threads.submit(() -> start("j-1", waiting("up\n")));
        while (!starting.isDone()) {
          executor().adopt(id("j-1")).ifPresent(Sandbox::close);
        }
        if (starting.state() == Future.State.SUCCESS) {
          starting.resultNow().close();
        }
        assertThat(executor().found()).isEmpty();
      }
    }
    assertThat(nextLife().sweep(List.of())).isEmpty();
  }

  @Test
  void aSweepTakesAllButWhatIsKept() throws Exception {
    var kept = start("j-kept", waiting("up\n"));
    var doomed = start("j-doomed", stubborn("up\n"));
    waitFor(kept, "up\n");
    waitFor(doomed, "up\n");
    assertThat(nextLife().sweep(List.of(kept.id())))
        .anySatisfy(line -> assertThat(line).contains("j-doomed"))
        .noneSatisfy(line -> assertThat(line).contains("j-kept"));
    assertThat(executor().found()).containsExactly(kept.id());
    waitFor(kept, "up\n");
    kept.stop(LONG);
    assertThat(kept.await()).isEqualTo(new Exit.Exited(143));
  }

  @Test
  void aSweepOfACleanHostRemovesNothing() {
    assertThat(executor().sweep(List.of())).isEmpty();
  }

  @Test
  void aJobIsGivenItsEquipment() throws Exception {
    var plain = spec("j-1", showing("token", "KEY"), Map.of("KEY", "below"), NetworkAccess.NONE);
    var equipment =
        new Equipment(
            Map.of("KEY", " it's above\n"),
            Map.of("token", "a \"secret\"\n", "other", ""),
            new Equipment.Program.Absent());

    try (var sandbox = executor().start(equipped(plain, equipment))) {
      assertThat(read(sandbox.console(0))).isEqualTo("a \"secret\"\n it's above\n");
      assertThat(sandbox.await()).isEqualTo(new Exit.Exited(0));
    }
  }

  private static SandboxSpec equipped(SandboxSpec spec, Equipment equipment) {
    return new SandboxSpec(
        spec.id(),
        spec.job(),
        spec.limits(),
        spec.disk(),
        spec.maxProcesses(),
        spec.consoleLimitBytes(),
        equipment);
  }

  /** Starts a sandbox with the usual limits. */
  protected Sandbox start(String job, List<String> command) {
    return executor().start(spec(job, command, Map.of(), NetworkAccess.NONE));
  }

  protected SandboxSpec spec(
      String job, List<String> command, Map<String, String> environment, NetworkAccess network) {
    var what = new JobSpec(command, environment, JobSpec.HOST_IMAGE, LONG, network);
    return new SandboxSpec(id(job), what, limits(), DISK, MAX_PROCESSES, CONSOLE_LIMIT);
  }

  protected static SandboxId id(String job) {
    return new SandboxId(new JobId(job), new Fence(1));
  }

  /** Waits until the console begins with the text. */
  protected static void waitFor(Sandbox sandbox, String text) throws IOException {
    try (var console = sandbox.console(0)) {
      var length = text.getBytes(StandardCharsets.UTF_8).length;
      assertThat(new String(console.readNBytes(length), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  protected static String read(InputStream console) throws IOException {
    try (console) {
      return new String(console.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
