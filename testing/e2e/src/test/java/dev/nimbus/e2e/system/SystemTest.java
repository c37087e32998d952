package dev.nimbus.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who runs jobs on one machine. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Machine machine;

  @BeforeAll
  void start(@TempDir Path folder) {
    machine = Machine.start(folder);
  }

  @AfterAll
  void stop() {
    machine.close();
  }

  @Test
  void linesAreShownWhileTheJobRunsAndItsExitCodeIsPassedOn() {
    try (var run = shell("echo first-line; sleep 4; echo second-line; exit 3")) {
      Await.until(PATIENCE, run::toString, () -> run.out().contains("first-line\n"));
      assertThat(run.out()).isEqualTo("first-line\n");
      assertThat(machine.awaitJob("first-line").state()).isEqualTo("running");

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.out()).isEqualTo("first-line\nsecond-line\n");
      assertThat(run.err()).contains("failed with 3", "queued", "run", "nimbus logs j-");
    }
  }

  @Test
  void aJobThatRunsTooLongIsStoppedWithAllItStarted() {
    var run =
        machine.cli().run("run", "--timeout=2s", "--", "sh", "-c", "sleep 5001.25 & sleep 5001.25");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(124);
    assertThat(run.err()).contains("timed_out");
    machine.awaitNoProcess("5001.25");
  }

  @Test
  void ctrlCCancelsTheJobAndStopsAllItStarted() {
    try (var run = shell("echo begun; sleep 5002.25 & sleep 5002.25")) {
      Await.until(PATIENCE, run::toString, () -> run.out().contains("begun"));

      run.interrupt();

      assertThat(run.exitCode()).isEqualTo(130);
      assertThat(run.err()).contains("cancelling j-");
      machine.awaitNoProcess("5002.25");
      assertThat(machine.awaitJob("5002.25").state()).isEqualTo("cancelled");
    }
  }

  @Test
  void aDetachedJobCanBeFollowedLater() {
    var run = machine.cli().run("run", "--detach", "--", "sh", "-c", "sleep 2; seq 1 5; exit 4");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    var id = run.out().strip();

    var logs = machine.cli().run("logs", id, "--follow");

    assertThat(logs.exitCode()).as(logs.toString()).isZero();
    assertThat(logs.out()).isEqualTo("1\n2\n3\n4\n5\n");
    assertThat(machine.client().job(id).job().exitCode()).isEqualTo(4);
  }

  @Test
  void aJobNoHostCanTakeSaysWhyItWaits() {
    try (var run = machine.cli().start("run", "--label=no-such-host", "--", "true")) {
      Await.until(PATIENCE, run::toString, () -> run.err().contains("no-such-host"));
      assertThat(run.err()).contains("waiting: ");

      run.interrupt();

      assertThat(run.exitCode()).isEqualTo(130);
    }
  }

  @Test
  void tenThousandLinesArriveInOrder() {
    var run = machine.cli().run("run", "--", "seq", "1", "10000");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.out())
        .isEqualTo(
            IntStream.rangeClosed(1, 10_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n", "", "\n")));
  }

  @Test
  void aLineOfFiveMillionBytesArrivesWhole() {
    var run = machine.cli().run("run", "--", "sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' a");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().stripTrailing()).hasSize(5_000_000).matches("a+");
  }

  @Test
  void whatIsNoTextIsShownAsSuchAndHarmsNothing() {
    var run = machine.cli().run("run", "--", "sh", "-c", "printf '\\377\\000\\001x\\n'; echo end");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("\uFFFD\0\1x\nend\n");
  }

  @Test
  void aRequestOfAGigabyteIsRefusedWithoutBeingKept() {
    var before = HugeRequest.memory(machine.daemon().process());

    var status = HugeRequest.send(machine.url(), machine.token(), 1L << 30);

    assertThat(status).contains(" 413 ");
    assertThat(HugeRequest.memory(machine.daemon().process()) - before).isLessThan(48L << 20);
  }

  private Running shell(String script) {
    return machine.cli().start("run", "--", "sh", "-c", script);
  }
}
