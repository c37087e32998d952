package dev.nimbus.hostagent.run;

import static dev.nimbus.hostagent.run.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.ship.FakeSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that die at various points, and what the next life makes of it. */
final class LivesTest {
  @TempDir Path home;

  private World world;

  @BeforeEach
  void start() {
    world = new World(home).start();
  }

  @AfterEach
  void close() throws InterruptedException {
    world.close();
  }

  @Test
  void aRunningJobIsTakenOverRenewedAndEndedOnce() throws Exception {
    var box = world.running("j-1", 1);
    box.print("before\n");
    world.sink.await(s -> s.texts().contains("before"), world.pace);
    var kept = world.link.kept(id("j-1", 1));
    world.die();
    world.link.await(() -> world.link.kept(id("j-1", 1)) > kept);
    box.print("after\n");
    box.end(new Exit.Exited(0));
    world.link.await(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1))).hasSize(1);
    assertThat(world.link.registrations().getLast().held()).containsExactly("j-1.1");
    assertThat(world.sink.texts())
        .containsExactly(
            "nimbus: runs on host-1 as memory, isolated in full",
            "before",
            "after",
            "nimbus: ended exit=0 lines=2");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void theTokenAJobWasGivenIsKeptOutOfItsLogByTheNextLifeToo() throws Exception {
    var box = world.running("j-1", 1);
    world.die();
    box.print("it is " + FakeLink.CACHE_TOKEN + "\n");
    box.end(new Exit.Exited(0));
    world.link.await(() -> world.jobs().count() == 0);

    assertThat(world.sink.texts()).contains("it is ***");
  }

  @Test
  void aJobThatEndedWhileNoAgentWasAliveIsReported() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    box.print("alone\n");
    box.end(new Exit.Exited(4));
    world.die();
    world.link.await(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().exitCode()).isEqualTo(4);
    assertThat(world.sink.texts()).contains("alone", "nimbus: ended exit=4 lines=1");
  }

  @Test
  void anEndThatWasNotHeardIsToldByTheNextLife() throws Exception {
    var box = world.running("j-1", 1);
    world.link.loseFinishAnswers(true);
    box.end(new Exit.Exited(5));
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());
    world.die();
    world.link.loseFinishAnswers(false);
    world.passUntil(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1)).stream().distinct()).hasSize(1);
    assertThat(world.link.finishes(id("j-1", 1)).getFirst().exitCode()).isEqualTo(5);
  }

  @Test
  void aLogThatWasNotStoredIsShippedByTheNextLife() throws Exception {
    world.sink.faults(_ -> FakeSink.Fault.REFUSED);
    var box = world.running("j-1", 1);
    box.print("kept\n");
    box.end(new Exit.Exited(0));
    world.link.await(() -> world.jobs().spoolBytes() > 0);
    world.die();
    world.sink.faults(_ -> FakeSink.Fault.NONE);
    world.passUntil(() -> world.jobs().count() == 0);

    assertThat(world.link.registrations().getLast().held()).isEmpty();
    assertThat(world.link.finishes(id("j-1", 1))).hasSize(1);
    assertThat(world.sink.texts()).contains("kept");
    assertThat(world.gone(box)).isTrue();
  }

  @Test
  void aJobTheControlPlaneNoLongerCountsAsOursIsKilled() throws Exception {
    var box = world.running("j-1", 1);
    world.link.drop(id("j-1", 1));
    world.die();
    world.link.await(() -> world.gone(box));
    world.link.await(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1))).isEmpty();
  }

  @Test
  void aJobWhoseAgentWasDeadTooLongIsKilledUnlessItIsStillOurs() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    world.pace.advance(FakeLink.TTL.multipliedBy(3));
    world.link.away(true);
    world.die();
    world.passUntil(() -> !box.running());

    var kept = world.pace.now();
    world.link.away(false);
    world.passUntil(() -> !world.link.finishes(id("j-1", 1)).isEmpty());
    assertThat(kept).isLessThan(FakeLink.TTL.multipliedBy(3).plusSeconds(4));
  }

  @Test
  void aJobWhoseAgentWasDeadTooLongGoesOnIfItIsStillOurs() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    world.pace.advance(FakeLink.TTL.multipliedBy(3));
    var kept = world.link.kept(id("j-1", 1));
    world.die();
    world.link.await(() -> world.link.kept(id("j-1", 1)) > kept);
    world.pass(Duration.ofSeconds(5));

    assertThat(box.running()).isTrue();
  }

  @Test
  void theTimeAJobHasRunIsNotForgotten() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    world.pace.advance(Duration.ofMinutes(10));
    world.die();
    world.passUntil(() -> !box.running());
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("timed_out");
  }

  @Test
  void aClockSetAheadWhileNoAgentWasAliveEndsNoJob() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    world.pace.setAhead(Duration.ofDays(30));
    var kept = world.link.kept(id("j-1", 1));
    world.die();
    world.link.await(() -> world.link.kept(id("j-1", 1)) > kept);
    world.pass(Duration.ofSeconds(5));

    assertThat(box.running()).isTrue();
    assertThat(world.link.finishes(id("j-1", 1))).isEmpty();
  }

  @Test
  void aClockSetBackWhileNoAgentWasAliveGivesAJobNoMoreTime() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    world.pace.setAhead(Duration.ofDays(-30));
    world.pace.advance(Duration.ofMinutes(10));
    world.die();
    world.passUntil(() -> !box.running());
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("timed_out");
  }

  @Test
  void aJobWhoseMachineStartedAgainIsGivenBack() throws Exception {
    world.running("j-1", 1);
    world.reboot();
    world.passUntil(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("not_run");
    assertThat(world.link.finishes(id("j-1", 1)).getFirst().reason())
        .isEqualTo("The sandbox broke: gone when the agent came back");
  }

  @Test
  void aJobWhoseSandboxIsGoneIsGivenBack() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    box.close();
    world.die();
    world.passUntil(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("not_run");
  }

  @Test
  void aSandboxNobodyKnowsIsSwept() throws Exception {
    var job =
        new JobSpec(
            List.of("x"), Map.of(), JobSpec.HOST_IMAGE, Duration.ofHours(1), NetworkAccess.NONE);
    world.executor.start(new SandboxSpec(id("j-9", 1), job, Size.NONE, DiskLimits.NONE, 10, 10));
    world.die();

    assertThat(world.executor.found()).isEmpty();
  }

  @Test
  void aTornStateIsSweptWithItsSandbox() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().close();
    Files.writeString(home.resolve("j-1.1").resolve("lease.json"), "{\"sandbox\":");
    world.die();

    assertThat(world.gone(box)).isTrue();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aJobBeingStoppedIsStoppedByTheNextLife() throws Exception {
    var box = world.running("j-1", 1);
    box.ignoreRequests();
    world.link.cancel("j-1");
    var state = home.resolve("j-1.1").resolve("lease.json");
    world.link.await(() -> contentOf(state).contains("CANCEL"));
    world.die();
    box.end(new Exit.Exited(0));
    world.link.await(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("cancelled");
  }

  private static String contentOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
