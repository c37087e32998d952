package dev.nimbus.hostagent.run;

import static dev.nimbus.hostagent.run.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.api.lease.FinishRequest;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.ship.FakeSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobRunTest {
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
  void aJobRunsFromItsLeaseToItsEnd() throws Exception {
    var box = world.running("j-1", 1);
    box.print("hello\n");
    box.end(new Exit.Exited(3));
    awaitForgotten();

    assertThat(world.link.finishes(id("j-1", 1)))
        .containsExactly(new FinishRequest("host-1", 1, "failed", 3, "", false));
    assertThat(world.sink.texts())
        .containsExactly(
            "nimbus: runs on host-1 as memory, isolated in full",
            "hello",
            "nimbus: ended exit=3 lines=1");
    assertThat(world.gone(box)).isTrue();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aShortJobNeedsNoTimeToPass() throws Exception {
    var before = world.pace.now();
    world.running("j-1", 1).end(new Exit.Exited(0));
    awaitForgotten();

    assertThat(world.pace.now()).isEqualTo(before);
  }

  @Test
  void aSandboxGetsWhatTheJobAsksForAndIsToldWhereItIs() throws Exception {
    var spec = world.running("j-1", 7).spec();

    assertThat(spec.limits()).isEqualTo(new Size(1_000, 256L << 20));
    assertThat(spec.disk()).isEqualTo(World.DISK);
    assertThat(spec.job().network()).isEqualTo(NetworkAccess.HOST);
    assertThat(spec.job().environment())
        .containsEntry("A", "b")
        .containsEntry("NIMBUS_JOB_ID", "j-1")
        .containsEntry("NIMBUS_ATTEMPT", "7")
        .containsEntry("NIMBUS_CACHE_URL", "http://cache")
        .containsEntry("NIMBUS_CACHE_TOKEN", FakeLink.CACHE_TOKEN)
        .doesNotContainValue("token");
  }

  @Test
  void theTokenAJobWasGivenIsNotInItsLog() throws Exception {
    var box = world.running("j-1", 1);
    box.print("NIMBUS_CACHE_TOKEN=" + FakeLink.CACHE_TOKEN + "\n");
    box.end(new Exit.Exited(0));
    awaitForgotten();

    assertThat(world.sink.texts()).contains("NIMBUS_CACHE_TOKEN=***");
  }

  @Test
  void aJobWithoutATokenForTheCacheIsNotToldWhereItIs() throws Exception {
    var good = FakeLink.grant("j-1", 1);
    world.link.queue(
        new Grant(
            good.org(),
            good.job(),
            good.repository(),
            good.fence(),
            good.ttlMs(),
            good.until(),
            good.command(),
            good.runner(),
            good.env(),
            good.image(),
            good.milliCpus(),
            good.memoryBytes(),
            good.timeoutMs(),
            "none",
            good.jobToken(),
            null,
            good.services()));

    assertThat(world.box("j-1", 1).spec().job().environment().keySet())
        .noneMatch(name -> name.startsWith("NIMBUS_CACHE"));
  }

  @Test
  void aLeaseIsKeptAsLongAsTheJobRuns() throws Exception {
    var box = world.running("j-1", 1);

    for (var i = 1; i <= 10; i++) {
      var wanted = i;
      world.passUntil(() -> world.link.renewed().size() >= wanted);
    }

    assertThat(box.running()).isTrue();
    assertThat(world.pace.now()).isGreaterThan(FakeLink.TTL);
  }

  @Test
  void aJobThatIsLostIsKilledAtOnceAndNothingMoreIsWritten() throws Exception {
    var box = world.running("j-1", 1);
    world.link.take(id("j-1", 1));
    world.passUntil(() -> !box.running());
    awaitForgotten();

    assertThat(world.link.finishes(id("j-1", 1))).isEmpty();
    assertThat(world.sink.texts()).noneMatch(text -> text.startsWith("nimbus: ended"));
    assertThat(world.gone(box)).isTrue();
    assertThat(home).isEmptyDirectory();
    assertThat(world.metrics()).contains("nimbus_host_agent_lease_errors_total{reason=\"lost\"} 1");
  }

  @Test
  void aJobWhoseLeaseCannotBeKeptIsKilledBeforeItIsTakenAway() throws Exception {
    var box = world.running("j-1", 1);
    var since = world.pace.now();
    world.link.away(true);
    world.passUntil(() -> !box.running());

    assertThat(world.pace.now().minus(since)).isLessThan(FakeLink.TTL);

    world.link.away(false);
    world.passUntil(() -> !world.link.finishes(id("j-1", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("not_run");
    assertThat(world.link.finishes(id("j-1", 1)).getFirst().countsAsAttempt()).isTrue();
  }

  @Test
  void aJobCalledOffEndsCancelled() throws Exception {
    world.running("j-1", 1);
    world.link.cancel("j-1");
    awaitForgotten();

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("cancelled");
    assertThat(world.link.finishes(id("j-1", 1)).getFirst().exitCode()).isEqualTo(130);
  }

  @Test
  void aJobThatRunsTooLongTimesOut() throws Exception {
    world.link.queue(FakeLink.grant("j-1", 1, 1_000, 1, Duration.ofSeconds(2)));
    var box = world.box("j-1", 1);
    world.link.await(() -> world.link.started().contains(id("j-1", 1)));
    world.passUntil(() -> !box.running());
    awaitForgotten();

    var told = world.link.finishes(id("j-1", 1)).getFirst();
    assertThat(told.ending()).isEqualTo("timed_out");
    assertThat(told.exitCode()).isEqualTo(124);
    assertThat(told.reason()).isEqualTo("Ran longer than 2 s");
    assertThat(world.metrics()).contains("nimbus_host_agent_job_timeouts_total 1");
  }

  @Test
  void aJobThatUsesTooMuchMemoryFails() throws Exception {
    world.running("j-1", 1).end(new Exit.OutOfMemory());
    awaitForgotten();

    assertThat(world.link.finishes(id("j-1", 1)))
        .containsExactly(
            new FinishRequest(
                "host-1", 1, "failed", 137, "out of memory: used more than 256 MiB", false));
  }

  @Test
  void aJobThatWritesTooMuchFailsWithTheReason() throws Exception {
    world.running("j-1", 1).end(new Exit.OverDisk(World.DISK.workspaceBytes()));
    awaitForgotten();

    assertThat(world.link.finishes(id("j-1", 1)))
        .containsExactly(
            new FinishRequest("host-1", 1, "failed", 137, "disk limit of 3 GiB reached", false));
    assertThat(world.sink.texts().getLast()).endsWith(": disk limit of 3 GiB reached");
  }

  @Test
  void aJobThatCannotStartIsGivenBackWithTheReason() throws Exception {
    world.executor.refuseNextStart(noSpace());
    world.link.queue(FakeLink.grant("j-1", 1));
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-1", 1)))
        .containsExactly(
            new FinishRequest(
                "host-1", 1, "not_run", 0, "Cannot start on host host-1: no space left", true));
    world.sink.await(FakeSink::complete);
    assertThat(world.sink.texts().getLast()).startsWith("nimbus: ended given-back lines=0: ");
  }

  @Test
  void aHostThatCannotStartJobsTakesNoneForAWhile() throws Exception {
    world.executor.refuseNextStart(noSpace());
    world.link.queue(FakeLink.grant("j-1", 1));
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());
    world.jobs().granted(FakeLink.grant("j-2", 1));
    world.link.await(() -> !world.link.finishes(id("j-2", 1)).isEmpty());
    assertThat(world.link.finishes(id("j-2", 1)).getFirst().countsAsAttempt()).isFalse();

    world.link.await(() -> world.link.polls().getLast().slots() == 0);
    world.link.queue(FakeLink.grant("j-3", 1));
    world.passUntil(() -> world.executor.found().contains(id("j-3", 1)));

    assertThat(world.pace.now()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aJobWhoseStartHangsIsGivenBackWithTheReasonAndItsSandboxDestroyed() throws Exception {
    world.executor.hangNextStartHalfMade();
    world.link.queue(FakeLink.grant("j-1", 1));
    var box = world.box("j-1", 1);
    world.pass(Duration.ofMinutes(2));
    awaitForgotten();

    assertThat(world.link.finishes(id("j-1", 1)))
        .containsOnly(
            new FinishRequest(
                "host-1",
                1,
                "not_run",
                0,
                "Cannot start: its sandbox was not up after 120 s",
                true));
    assertThat(world.gone(box)).isTrue();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aStartGivenUpOnTakesItsPlaceUntilItIsBackAndIsDestroyedThen() throws Exception {
    var hang = world.executor.hangNextStart();
    world.link.queue(FakeLink.grant("j-1", 1, 4_000, 1, Duration.ofHours(1)));
    world.link.await(hang::begun);
    world.pass(Duration.ofMinutes(2));
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());
    world.link.queue(FakeLink.grant("j-2", 1));
    world.pass(Duration.ofMinutes(2));
    world.link.await(world.link::cannotGrant);
    assertThat(world.metrics()).contains("nimbus_host_agent_hung_starts 1");

    hang.letGoOn();
    world.box("j-2", 1);

    assertThat(world.living()).extracting(box -> box.id().name()).containsExactly("j-2.1");
    assertThat(world.link.finishes(id("j-1", 1)).stream().distinct()).hasSize(1);
    assertThat(world.metrics()).contains("nimbus_host_agent_hung_starts 0");
  }

  @Test
  void whatDoesNotFitIsGivenBackUncounted() throws Exception {
    world.running("j-1", 1);
    world.jobs().granted(FakeLink.grant("j-2", 1, 3_500, 1, Duration.ofHours(1)));
    world.link.await(() -> !world.link.finishes(id("j-2", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-2", 1)).getFirst().ending()).isEqualTo("not_run");
    assertThat(world.link.finishes(id("j-2", 1)).getFirst().countsAsAttempt()).isFalse();
    assertThat(world.living()).hasSize(1);
  }

  @Test
  void anEndIsToldUntilItIsHeard() throws Exception {
    var box = world.running("j-1", 1);
    world.link.loseFinishAnswers(true);
    box.end(new Exit.Exited(0));
    world.passUntil(() -> world.link.finishes(id("j-1", 1)).size() > 3);
    world.link.loseFinishAnswers(false);
    world.passUntil(() -> world.jobs().count() == 0);

    assertThat(world.link.finishes(id("j-1", 1)).stream().distinct()).hasSize(1);
  }

  @Test
  void aJobEndsAlthoughItsLogCannotBeStored() throws Exception {
    world.sink.faults(_ -> FakeSink.Fault.REFUSED);
    var box = world.running("j-1", 1);
    box.print("precious\n");
    box.end(new Exit.Exited(0));
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());
    world.link.await(() -> world.jobs().spoolBytes() == 9);
    assertThat(world.gone(box)).isFalse();

    world.sink.faults(_ -> FakeSink.Fault.NONE);
    world.passUntil(() -> world.jobs().count() == 0);

    assertThat(world.sink.texts()).contains("precious");
    assertThat(world.gone(box)).isTrue();
    assertThat(world.jobs().spoolBytes()).isZero();
  }

  @Test
  void theOldestLogIsDroppedWhenTheSpoolIsFull() throws Exception {
    world.close();
    world.limits(Limits.of(1 << 20, 10, World.DISK)).start();
    world.sink.faults(_ -> FakeSink.Fault.REFUSED);
    var old = world.running("j-1", 1);
    old.print("eight..\n");
    old.end(new Exit.Exited(0));
    world.link.await(() -> world.jobs().spoolBytes() == 8);
    var young = world.running("j-2", 1);
    young.print("seven.\n");
    young.end(new Exit.Exited(0));
    world.passUntil(() -> world.gone(old));

    assertThat(world.gone(young)).isFalse();
    assertThat(world.jobs().spoolBytes()).isEqualTo(7);
    assertThat(world.metrics()).contains("nimbus_host_agent_logs_dropped_total 1");
  }

  @Test
  void aGrantThatArrivesTwiceIsRunOnce() throws Exception {
    world.running("j-1", 1);
    world.jobs().granted(FakeLink.grant("j-1", 1));

    assertThat(world.jobs().count()).isEqualTo(1);
    assertThat(world.living()).hasSize(1);
  }

  @Test
  void aJobGrantedAnewEndsItsOlderLease() throws Exception {
    var old = world.running("j-1", 1);
    var young = world.running("j-1", 2);
    world.link.await(() -> world.gone(old));

    assertThat(young.running()).isTrue();
    assertThat(world.link.finishes(id("j-1", 1))).isEmpty();
  }

  @Test
  void aGrantThatMakesNoSenseIsGivenBack() throws Exception {
    var good = FakeLink.grant("j-1", 1);
    world.link.queue(
        new Grant(
            good.org(),
            good.job(),
            good.repository(),
            good.fence(),
            good.ttlMs(),
            good.until(),
            List.of(),
            good.runner(),
            good.env(),
            good.image(),
            good.milliCpus(),
            good.memoryBytes(),
            good.timeoutMs(),
            good.network(),
            good.jobToken(),
            good.cacheToken(),
            good.services()));
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().reason())
        .contains("A job needs a command");
  }

  @Test
  void aHostThatStopsGivesItsJobsBack() throws Exception {
    var box = world.running("j-1", 1);
    world.jobs().stopAll();

    assertThat(world.jobs().awaitNoLease(Duration.ofDays(1))).isTrue();
    assertThat(box.running()).isFalse();
    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("not_run");
    assertThat(world.link.finishes(id("j-1", 1)).getFirst().countsAsAttempt()).isFalse();
  }

  private static NimbusException noSpace() {
    return new NimbusException(Kind.UNAVAILABLE, "no space left");
  }

  private void awaitForgotten() throws InterruptedException {
    world.link.await(() -> !world.link.polls().isEmpty() && world.jobs().count() == 0 && ended());
  }

  private boolean ended() {
    return world.executor.found().isEmpty();
  }
}
