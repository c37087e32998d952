package dev.nimbus.hostagent.lease;

import static dev.nimbus.hostagent.lease.Played.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.job.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaseKeepingAfterDeathTest {
  private static final Report SUCCEEDED = new Report.Finished(Outcome.exited(0));

  @Test
  void aRunningJobIsRenewedAtOnce() {
    var played = Played.running().asleep(Duration.ofSeconds(5)).resumed(true);

    assertThat(played.last()).containsExactly(new Action.SendRenew(played.now(), false));
  }

  @Test
  void aJobWhoseLeaseRanOutMeanwhileGetsAMomentToLearnWhoseItIs() {
    var played = Played.running().asleep(TTL.multipliedBy(3)).resumed(true);
    assertThat(played.last()).containsExactly(new Action.SendRenew(played.now(), false));

    played.after(Rules.DEFAULT.adoptionGrace());

    assertThat(played.last()).containsExactly(new Action.Stop(Duration.ZERO, Intent.GIVE_UP));
  }

  @Test
  void aSandboxThatWasStartedUnnoticedIsToldOf() {
    var played = Played.granted().resumed(true);

    assertThat(played.last()).containsExactly(new Action.SendRenew(Duration.ZERO, true));
  }

  @Test
  void aSandboxThatNeverStartedIsGivenBackUncounted() {
    var played = Played.granted().resumed(false);

    assertThat(played.last())
        .containsExactly(
            new Action.Drain(new Report.GivenBack("The agent died before the job started", false)));
  }

  @Test
  void aSandboxThatIsGoneIsGivenBack() {
    var played = Played.running().resumed(false).on(new Event.Drained());

    assertThat(played.last())
        .containsExactly(
            new Action.SendFinish(
                new Report.GivenBack("The sandbox broke: gone when the agent came back", true)));
  }

  @Test
  void aJobThatWasBeingStoppedIsStoppedAgainForTheSameReason() {
    var played = Played.running().on(new Event.CancelAsked()).resumed(true);

    assertThat(played.last()).contains(new Action.Stop(Rules.DEFAULT.stopGrace(), Intent.CANCEL));
  }

  @Test
  void aLostJobIsKilledAgain() {
    var played = Played.running().on(new Event.Lost("gone")).resumed(true);

    assertThat(played.last()).containsExactly(new Action.Stop(Duration.ZERO, Intent.LOST));
  }

  @Test
  void anEndNobodyHeardOfIsToldAgain() {
    var played = Played.running().on(new Event.Exited(new Exit.Exited(0)));
    played.on(new Event.Drained()).resumed(true);

    assertThat(played.last())
        .containsExactly(new Action.Drain(SUCCEEDED), new Action.SendFinish(SUCCEEDED));
  }

  @Test
  void anEndWhoseLogWasOnItsWayIsDrainedAgain() {
    var played = Played.running().on(new Event.Exited(new Exit.Exited(0))).resumed(true);

    assertThat(played.last()).containsExactly(new Action.Drain(SUCCEEDED));
  }

  @Test
  void aReleasedJobOnlyHasItsLogBroughtHome() {
    var played = Played.running().on(new Event.Exited(new Exit.Exited(0)));
    played.on(new Event.Drained()).on(new Event.FinishRecorded()).resumed(true);

    assertThat(played.last()).containsExactly(new Action.Drain(SUCCEEDED), new Action.Release());
  }
}
