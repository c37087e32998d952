package dev.nimbus.hostagent.lease;

import static dev.nimbus.hostagent.lease.Played.TIMEOUT;
import static dev.nimbus.hostagent.lease.Played.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaseKeepingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Action KILL_LOST = new Action.Stop(Duration.ZERO, Intent.LOST);
  private static final Action KILL_GIVEN_UP = new Action.Stop(Duration.ZERO, Intent.GIVE_UP);
  private static final Report SUCCEEDED = new Report.Finished(Outcome.exited(0));
  private static final Report CANCELLED =
      new Report.Finished(new Outcome(Conclusion.CANCELLED, 130, "Cancelled on request"));
  private static final Duration START = Rules.DEFAULT.startWithin();
  private static final Report OVERDUE =
      new Report.GivenBack("Cannot start: its sandbox was not up after 120 s", true);

  @Test
  void aGrantStartsASandbox() {
    assertThat(Played.granted().last()).containsExactly(new Action.StartSandbox());
  }

  @Test
  void aSandboxThatIsUpIsToldOfAtOnce() {
    var played = Played.granted().asleep(SECOND).on(new Event.Started());

    assertThat(played.last()).containsExactly(new Action.SendRenew(SECOND, true));
  }

  @Test
  void aStartThatHangsIsAbandonedAndTheJobGivenBackWithTheReason() {
    var played = Played.granted().after(START.minusNanos(1));
    assertThat(played.stage()).isInstanceOf(Stage.Starting.class);

    played.after(Duration.ofNanos(1));

    assertThat(played.last()).containsExactly(new Action.AbandonStart(), new Action.Drain(OVERDUE));
    assertThat(played.on(new Event.Drained()).last())
        .containsExactly(new Action.SendFinish(OVERDUE));
  }

  @Test
  void whatComesOfAnAbandonedStartChangesNothing() {
    var played = Played.granted().after(START);

    assertThat(played.on(new Event.Started()).last()).isEmpty();
    assertThat(played.on(new Event.StartFailed("at last", true)).last()).isEmpty();
    assertThat(played.stage()).isEqualTo(new Stage.Ended(OVERDUE, false, false));
  }

  @Test
  void aJobCalledOffWhileItsStartHangsEndsCancelledAfterTheGrace() {
    var played = Played.granted().on(new Event.CancelAsked()).after(Rules.DEFAULT.stopGrace());

    assertThat(played.last())
        .containsExactly(new Action.AbandonStart(), new Action.Drain(CANCELLED));
  }

  @Test
  void aHostThatStopsDoesNotCountAStartThatHangs() {
    var played = Played.granted().on(new Event.StopAsked()).after(Rules.DEFAULT.stopGrace());

    assertThat(played.last())
        .containsExactly(
            new Action.AbandonStart(),
            new Action.Drain(new Report.GivenBack("The host was stopped", false)));
  }

  @Test
  void aLostJobWhoseStartHangsIsAbandonedWithoutAWord() {
    var played = Played.granted().on(new Event.Lost("stale-fence"));
    assertThat(played.keeping().wakeAt()).isEqualTo(START);

    played.after(START);

    assertThat(played.last()).containsExactly(new Action.AbandonStart(), new Action.Discard());
  }

  @Test
  void theLeaseIsRenewedAfterAThirdOfItsTime() {
    var played = Played.running().after(TTL.dividedBy(3).minusNanos(1));
    assertThat(played.last()).isEmpty();

    played.after(Duration.ofNanos(1));

    assertThat(played.last()).containsExactly(new Action.SendRenew(TTL.dividedBy(3), false));
  }

  @Test
  void jitterOnlyMakesARenewalEarlier() {
    var third = TTL.dividedBy(3);

    assertThat(Rules.DEFAULT.renewEvery(TTL, 0)).isEqualTo(third);
    assertThat(Rules.DEFAULT.renewEvery(TTL, 1)).isBetween(third.dividedBy(2), third);
  }

  @Test
  void aRequestThatIsNotAnsweredIsRepeated() {
    var played = Played.running().after(TTL.dividedBy(3)).after(TTL.dividedBy(3));

    assertThat(played.last())
        .containsExactly(new Action.SendRenew(TTL.dividedBy(3).multipliedBy(2), false));
  }

  @Test
  void aRequestThatFailedIsRepeatedSoon() {
    var played = Played.running().after(TTL.dividedBy(3)).on(new Event.Unreachable());

    played.after(TTL.dividedBy(15));

    assertThat(played.last()).hasSize(1).first().isInstanceOf(Action.SendRenew.class);
  }

  @Test
  void aJobThatIsLostIsKilledAtOnceAndNothingIsWrittenAboutIt() {
    var played = Played.running().on(new Event.Lost("stale-fence"));
    assertThat(played.last()).containsExactly(KILL_LOST);

    played.on(new Event.Exited(new Exit.Exited(137)));

    assertThat(played.last()).containsExactly(new Action.Discard());
    assertThat(played.all()).noneMatch(Action.SendFinish.class::isInstance);
  }

  @Test
  void aJobThatIsLostWhileItStartsIsKilledOnceItIsUp() {
    var played = Played.granted().on(new Event.Lost("stale-fence")).on(new Event.Started());

    assertThat(played.last()).containsExactly(KILL_LOST);
  }

  @Test
  void aJobThatIsLostIsKilledOnlyOnce() {
    var played = Played.running().on(new Event.Lost("a")).on(new Event.Lost("b")).after(TTL);

    assertThat(played.all()).containsOnlyOnce(KILL_LOST);
  }

  @Test
  void aLeaseThatCannotBeRenewedEndsTheJobBeforeItMayBeTakenAway() {
    var played = Played.running();
    for (var i = 0; i < 24; i++) {
      played.on(new Event.Unreachable()).after(SECOND);
    }
    assertThat(played.all()).doesNotContain(KILL_GIVEN_UP);

    played.after(SECOND);

    assertThat(played.last()).containsExactly(KILL_GIVEN_UP);
    assertThat(played.now()).isLessThan(TTL);
  }

  @Test
  void theDeadlineCountsFromWhenTheRequestWasSentNotFromItsAnswer() {
    var played = Played.running().after(TTL.dividedBy(3));
    var sentAt = played.now();
    played.asleep(SECOND.multipliedBy(14)).on(new Event.Renewed(sentAt, false, TTL, false));

    played.after(TTL.minus(SECOND.multipliedBy(14)).minus(Rules.DEFAULT.margin(TTL)));

    assertThat(played.last()).containsExactly(KILL_GIVEN_UP);
  }

  @Test
  void anAgentThatSleptThroughItsDeadlineKillsBeforeItAsks() {
    var played = Played.running().after(TTL.multipliedBy(2));

    assertThat(played.last()).containsExactly(KILL_GIVEN_UP);
  }

  @Test
  void aJobGivenUpIsGivenBackAsAnAttemptWhenTheControlPlaneIsThereAgain() {
    var played = Played.running().after(TTL).on(new Event.Exited(new Exit.Exited(137)));
    played.on(new Event.Drained());

    assertThat(played.last())
        .containsExactly(
            new Action.SendFinish(
                new Report.GivenBack("Killed: the lease could not be renewed in time", true)));
  }

  @Test
  void onlyHalfOfAnUnconfirmedGrantIsTrusted() {
    var played = Played.granted().on(new Event.Started()).after(TTL.dividedBy(2));

    assertThat(played.last()).containsExactly(KILL_GIVEN_UP);
  }

  @Test
  void aSandboxThatTookLongerToStartThanItsLeaseIsKilled() {
    var played = Played.granted().asleep(TTL).on(new Event.Started());

    assertThat(played.last()).containsExactly(KILL_GIVEN_UP);
  }

  @Test
  void aSlowStartKeepsItsLease() {
    var played = Played.granted();
    for (var i = 0; i < 11; i++) {
      played.after(TTL.dividedBy(3)).answer(false);
    }

    played.on(new Event.Started());

    assertThat(played.last()).containsExactly(new Action.SendRenew(played.now(), true));
  }

  @Test
  void aJobCalledOffIsStoppedWithGraceAndEndsCancelled() {
    var played = Played.running().on(new Event.CancelAsked());
    assertThat(played.last())
        .containsExactly(new Action.Stop(Rules.DEFAULT.stopGrace(), Intent.CANCEL));

    played.on(new Event.Exited(new Exit.Exited(0))).on(new Event.Drained());

    assertThat(sent(played).conclusion()).isEqualTo(Conclusion.CANCELLED);
    assertThat(sent(played).exitCode()).isEqualTo(130);
  }

  @Test
  void aRenewalCanSayThatTheJobIsCalledOff() {
    var played = Played.running().on(new Event.Renewed(Duration.ZERO, false, TTL, true));

    assertThat(played.last())
        .containsExactly(new Action.Stop(Rules.DEFAULT.stopGrace(), Intent.CANCEL));
  }

  @Test
  void aJobCalledOffWhileItStartsIsStoppedOnceItIsUp() {
    var played = Played.granted().on(new Event.CancelAsked()).on(new Event.Started());

    assertThat(played.last())
        .containsExactly(
            new Action.SendRenew(Duration.ZERO, true),
            new Action.Stop(Rules.DEFAULT.stopGrace(), Intent.CANCEL));
  }

  @Test
  void aJobCalledOffThatCannotStartEndsCancelled() {
    var played = Played.granted().on(new Event.CancelAsked());
    played.on(new Event.StartFailed("no space", true)).on(new Event.Drained());

    assertThat(sent(played).conclusion()).isEqualTo(Conclusion.CANCELLED);
  }

  @Test
  void aJobThatRunsTooLongTimesOut() {
    var played = Played.granted().asleep(SECOND).on(new Event.Started());
    renewFor(played, TIMEOUT);
    assertThat(played.all()).contains(new Action.Stop(Rules.DEFAULT.stopGrace(), Intent.TIME_OUT));

    played.on(new Event.Exited(new Exit.Exited(143))).on(new Event.Drained());

    assertThat(sent(played)).isEqualTo(Outcome.timedOut(TIMEOUT));
  }

  @Test
  void theFirstReasonToEndAJobCounts() {
    var played = Played.running().on(new Event.CancelAsked());
    renewFor(played, TIMEOUT);
    played.on(new Event.Exited(new Exit.Exited(143))).on(new Event.Drained());

    assertThat(sent(played).conclusion()).isEqualTo(Conclusion.CANCELLED);
  }

  @Test
  void aCancelledJobThatWillNotEndIsKilledAtTheDeadlineAndStaysCancelled() {
    var played = Played.running().on(new Event.CancelAsked()).after(TTL);
    assertThat(played.last()).containsExactly(new Action.Stop(Duration.ZERO, Intent.CANCEL));

    played.on(new Event.Exited(new Exit.Exited(137))).on(new Event.Drained());

    assertThat(sent(played).conclusion()).isEqualTo(Conclusion.CANCELLED);
  }

  @Test
  void aJobThatCannotStartHereIsGivenBackWithTheReason() {
    var played = Played.granted().on(new Event.StartFailed("no space", true));
    played.on(new Event.Drained());

    assertThat(played.last())
        .containsExactly(new Action.SendFinish(new Report.GivenBack("no space", true)));
  }

  @Test
  void aJobThatCannotStartAnywhereNowIsPostponedUnlessSomebodyWantedItStopped() {
    var postponed = new Event.Postponed("refused");
    var played = Played.granted().on(postponed).on(new Event.Drained());
    var calledOff = Played.granted().on(new Event.CancelAsked()).on(postponed);
    var stopped = Played.granted().on(new Event.StopAsked()).on(postponed).on(new Event.Drained());

    assertThat(played.last())
        .containsExactly(new Action.SendFinish(new Report.Postponed("refused")));
    assertThat(sent(calledOff.on(new Event.Drained())).conclusion())
        .isEqualTo(Conclusion.CANCELLED);
    assertThat(stopped.last())
        .containsExactly(
            new Action.SendFinish(new Report.GivenBack("The host was stopped", false)));
    assertThat(Played.running().on(postponed).last()).isEmpty();
  }

  @Test
  void aJobThatHasNothingToDoAnyMoreEndsCancelledWithTheReason() {
    var played = Played.granted().on(new Event.NothingToRun("it is done"));
    played.on(new Event.Drained());

    assertThat(played.last())
        .containsExactly(
            new Action.SendFinish(new Report.Finished(Outcome.calledOff("it is done"))));
  }

  @Test
  void aLostJobThatHasNothingToDoIsDiscarded() {
    var played = Played.granted().on(new Event.Lost("taken"));

    assertThat(played.on(new Event.NothingToRun("it is done")).last())
        .containsExactly(new Action.Discard());
  }

  @Test
  void aJobThatRunsHasSomethingToDo() {
    assertThat(Played.running().on(new Event.NothingToRun("late")).last()).isEmpty();
  }

  @Test
  void aJobThatUsedTooMuchMemoryFailsAndSaysSo() {
    var played = Played.running().on(new Event.Exited(new Exit.OutOfMemory()));
    played.on(new Event.Drained());

    assertThat(sent(played))
        .isEqualTo(Outcome.failed(137, "out of memory: used more than 512 MiB"));
  }

  @Test
  void aSandboxThatBrokeIsGivenBack() {
    var played = Played.running().on(new Event.Exited(new Exit.Crashed("no init")));

    assertThat(played.last())
        .containsExactly(
            new Action.Drain(new Report.GivenBack("The sandbox broke: no init", true)));
  }

  @Test
  void theEndIsToldOnlyAfterTheStart() {
    var played = Played.granted().on(new Event.Started()).on(new Event.Exited(new Exit.Exited(0)));
    played.on(new Event.Drained());
    assertThat(played.last()).isEmpty();

    played.answer(true);

    assertThat(played.last()).containsExactly(new Action.SendFinish(SUCCEEDED));
  }

  @Test
  void aLeaseIsKeptWhileTheLogOfAnEndedJobIsOnItsWay() {
    var played = Played.running().on(new Event.Exited(new Exit.Exited(0)));

    played.after(TTL.dividedBy(3));

    assertThat(played.last()).containsExactly(new Action.SendRenew(TTL.dividedBy(3), false));
  }

  @Test
  void anEndIsToldUntilItIsHeard() {
    var played = Played.running().on(new Event.Exited(new Exit.Exited(0)));
    played.on(new Event.Drained());

    for (var i = 0; i < 50; i++) {
      played.on(new Event.FinishUnanswered()).after(Rules.DEFAULT.longestRetry());
      assertThat(played.last()).containsExactly(new Action.SendFinish(SUCCEEDED));
    }
    played.on(new Event.FinishRecorded());

    assertThat(played.last()).containsExactly(new Action.Release());
  }

  @Test
  void anEndNobodyWantsIsForgotten() {
    var played = Played.running().on(new Event.Exited(new Exit.Exited(0)));
    played.on(new Event.Drained()).on(new Event.FinishStale());

    assertThat(played.last()).containsExactly(new Action.Release());
    assertThat(played.keeping().wakeAt()).isGreaterThan(Duration.ofDays(1_000));
  }

  @Test
  void aHostThatStopsGivesItsJobsBackUncounted() {
    var played = Played.running().on(new Event.StopAsked());
    played.on(new Event.Exited(new Exit.Exited(143))).on(new Event.Drained());

    assertThat(played.last())
        .containsExactly(
            new Action.SendFinish(new Report.GivenBack("The host was stopped", false)));
  }

  private static void renewFor(Played played, Duration time) {
    for (var passed = Duration.ZERO; passed.compareTo(time) <= 0; passed = passed.plus(SECOND)) {
      played.after(SECOND);
      played.last().stream()
          .filter(Action.SendRenew.class::isInstance)
          .map(Action.SendRenew.class::cast)
          .toList()
          .forEach(sent -> played.on(new Event.Renewed(sent.sentAt(), sent.started(), TTL, false)));
    }
  }

  private static Outcome sent(Played played) {
    return switch (played.last().getFirst()) {
      case Action.SendFinish(Report.Finished(var outcome)) -> outcome;
      default -> throw new AssertionError("No end was told: " + played.last());
    };
  }
}
