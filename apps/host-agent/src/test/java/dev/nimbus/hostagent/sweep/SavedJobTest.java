package dev.nimbus.hostagent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.lease.Grip;
import dev.nimbus.hostagent.lease.Holding;
import dev.nimbus.hostagent.lease.Intent;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Report;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.lease.Stage;
import dev.nimbus.json.Json;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.time.BootClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SavedJobTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration NOW = Duration.ofHours(5);
  private static final Duration UP = Duration.ofDays(4);
  private static final Clocks EARLIER = clocks(NOW, "boot-1", UP);
  private static final Holding HOLDING =
      new Holding(
          new SandboxId(new JobId("j-1"), new Fence(7)),
          Duration.ofSeconds(30),
          Duration.ofMinutes(9),
          1 << 20,
          0.25);
  private static final HeldJob JOB =
      new HeldJob(
          HOLDING,
          new Size(500, 1 << 20),
          "http://logs",
          List.of(new Secret("handed out")),
          true,
          NOON);

  static Stream<Stage> stages() {
    return Stream.of(
        new Stage.Starting(Intent.CANCEL, Duration.ZERO),
        new Stage.Running(Duration.ofMinutes(3), Intent.TIME_OUT, false),
        new Stage.Ended(new Report.Finished(Outcome.exited(3)), true, false),
        new Stage.Reporting(new Report.GivenBack("why", true), Duration.ZERO, 0),
        new Stage.Reporting(new Report.Postponed("later"), Duration.ZERO, 0),
        new Stage.Released(new Report.Finished(Outcome.exited(0))),
        new Stage.Discarded());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyStageSurvivesWithItsTimesMovedToTheNewClock(Stage stage) {
    var before = new LeaseKeeping(HOLDING, Rules.DEFAULT, moved(stage, NOW), grip(NOW));
    var written = Json.write(SavedJob.of(JOB, before, EARLIER));

    var saved = Json.read(written, SavedJob.class);
    var after = saved.keeping(Rules.DEFAULT, clocks(Duration.ZERO, "boot-1", UP));

    assertThat(saved.job()).isEqualTo(JOB);
    assertThat(after.stage()).isEqualTo(moved(stage, Duration.ZERO));
    assertThat(after.grip().deadline()).isEqualTo(grip(Duration.ZERO).deadline());
    assertThat(after.grip().told()).isTrue();
  }

  @Test
  void timePassesWhileNoAgentIsAlive() {
    var running = new Stage.Running(NOW.plusMinutes(3), Intent.RUN, false);

    var after = later(running, clocks(Duration.ZERO, "boot-1", UP.plusMinutes(2)));

    assertThat(after.stage())
        .isEqualTo(new Stage.Running(Duration.ofMinutes(1), Intent.RUN, false));
    assertThat(after.grip().deadline()).isNegative();
  }

  @Test
  void ofAnotherBootNoLeaseIsLeftAndNoAgeCounts() {
    var running = new Stage.Running(NOW.plusMinutes(3), Intent.RUN, false);
    var now = Duration.ofSeconds(1);

    var after = later(running, clocks(now, "boot-2", Duration.ofDays(9)));

    assertThat(after.stage())
        .isEqualTo(new Stage.Running(now.plus(HOLDING.timeout()), Intent.RUN, false));
    assertThat(after.grip().deadline()).isEqualTo(now);
  }

  private static LeaseKeeping later(Stage stage, Clocks clocks) {
    var before = new LeaseKeeping(HOLDING, Rules.DEFAULT, stage, grip(NOW));
    return SavedJob.of(JOB, before, EARLIER).keeping(Rules.DEFAULT, clocks);
  }

  private static Clocks clocks(Duration now, String boot, Duration since) {
    return new Clocks(now, new BootClock.Moment(boot, since));
  }

  private static Grip grip(Duration now) {
    return new Grip(now.plusSeconds(20), now, true);
  }

  private static Stage moved(Stage stage, Duration by) {
    return switch (stage) {
      case Stage.Starting(var intent, var giveUpAt) ->
          new Stage.Starting(intent, by.plus(giveUpAt));
      case Stage.Running(var timeoutAt, var intent, var killed) ->
          new Stage.Running(by.plus(timeoutAt), intent, killed);
      case Stage.Ended _, Stage.Reporting _, Stage.Released _, Stage.Discarded _ -> stage;
    };
  }
}
