package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.Expired;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Renewal;
import dev.nimbus.core.storage.JobStore.Cancel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link dev.nimbus.core.lease.LeaseStore} must do once a job is granted. */
public abstract class LeaseStoreContract extends StorageContract {
  private static final Outcome DONE = Outcome.exited(0);
  private static final Outcome FAILED = Outcome.failed(3, "the tests failed");
  private static final int ATTEMPTS = 3;

  @Test
  void aGrantedJobIsLeasedToTheHostUntilTheEndOfTheLease() {
    var job = admit(NewJobs.of(ACME, "j-1"));

    var lease = grantOne(HOST);

    assertThat(lease.host()).isEqualTo(HOST);
    assertThat(lease.fence()).isEqualTo(new Fence(1));
    assertThat(lease.until()).isEqualTo(NOON.plus(TTL));
    assertThat(lease.job()).isEqualTo(job(job));
    assertThat(lease.job().spec()).isEqualTo(job.spec());
    assertThat(lease.job().attempts()).isEqualTo(1);
    assertThat(lease.job().state())
        .isEqualTo(new JobState.Leased(HOST, NOON, NOON.plus(TTL), false));
  }

  @Test
  void aJobIsGrantedOnlyOnce() {
    admit(NewJobs.of(ACME, "j-1"));
    grantOne(HOST);

    assertThat(grant(offer(OTHER_HOST, 5))).isEmpty();
  }

  @Test
  void anEmptyQueueGrantsNothing() {
    assertThat(grant(offer(HOST, 5))).isEmpty();
  }

  @Test
  void aHostThatStartsAJobKeepsIt() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    var later = NOON.plusSeconds(2);

    var renewal = storage().leases().started(HOST, job.id(), lease.fence(), TTL, later);

    assertThat(renewal).isEqualTo(new Renewal.Renewed(later.plus(TTL), false));
    assertThat(job(job).state())
        .isEqualTo(new JobState.Running(HOST, NOON, later, later.plus(TTL), false));
    assertThat(job(job).revision()).isGreaterThan(lease.job().revision());
  }

  @Test
  void startingAgainOnlyRenews() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().leases().started(HOST, job.id(), lease.fence(), TTL, NOON);
    var revision = job(job).revision();
    var later = NOON.plusSeconds(10);

    storage().leases().started(HOST, job.id(), lease.fence(), TTL, later);

    assertThat(job(job).state())
        .isEqualTo(new JobState.Running(HOST, NOON, NOON, later.plus(TTL), false));
    assertThat(job(job).revision()).isEqualTo(revision);
  }

  @Test
  void aRenewedLeaseDoesNotExpireWhenItWouldHave() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    var later = NOON.plusSeconds(20);

    storage().leases().renew(HOST, job.id(), lease.fence(), TTL, later);

    assertThat(storage().leases().expire(ATTEMPTS, 10, NOON.plus(TTL))).isEmpty();
    assertThat(storage().leases().expire(ATTEMPTS, 10, later.plus(TTL))).hasSize(1);
  }

  @Test
  void aLeasePastItsTimeThatNobodyEndedCanStillBeKept() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    var late = NOON.plus(TTL.multipliedBy(3));

    var renewal = storage().leases().renew(HOST, job.id(), lease.fence(), TTL, late);

    assertThat(renewal).isEqualTo(new Renewal.Renewed(late.plus(TTL), false));
  }

  @Test
  void aFinishedJobHasItsOutcomeAndOneAttempt() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    var started = NOON.plusSeconds(1);
    var ended = NOON.plusSeconds(9);
    storage().leases().started(HOST, job.id(), lease.fence(), TTL, started);

    var ending = storage().leases().finish(HOST, job.id(), lease.fence(), FAILED, ended);

    assertThat(ending).isEqualTo(new Ending.Recorded());
    assertThat(job(job).state()).isEqualTo(new JobState.Ended(FAILED, ended));
    assertThat(storage().jobs().attempts(ACME, job.id()))
        .containsExactly(
            new Attempt.Ran(lease.fence(), HOST, NOON, started, ended, FAILED.sentence()));
    assertThat(storage().leases().heldBy(HOST)).isEmpty();
  }

  @Test
  void aJobCanFinishWithoutHavingStarted() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);

    storage().leases().finish(HOST, job.id(), lease.fence(), FAILED, NOON);

    assertThat(storage().jobs().attempts(ACME, job.id()))
        .containsExactly(
            new Attempt.NeverStarted(lease.fence(), HOST, NOON, NOON, FAILED.sentence()));
  }

  @Test
  void finishingTwiceTheSameWayIsRecordedOnce() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().leases().finish(HOST, job.id(), lease.fence(), DONE, NOON);

    var again = storage().leases().finish(HOST, job.id(), lease.fence(), DONE, NOON.plusSeconds(5));

    assertThat(again).isEqualTo(new Ending.AlreadyRecorded());
    assertThat(job(job).state()).isEqualTo(new JobState.Ended(DONE, NOON));
    assertThat(storage().jobs().attempts(ACME, job.id())).hasSize(1);
  }

  @Test
  void finishingTwiceInDifferentWaysKeepsTheFirst() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().leases().finish(HOST, job.id(), lease.fence(), DONE, NOON);

    var again = storage().leases().finish(HOST, job.id(), lease.fence(), FAILED, NOON);

    assertThat(again).isEqualTo(new Ending.Stale(lease.fence()));
    assertThat(job(job).state()).isEqualTo(new JobState.Ended(DONE, NOON));
  }

  @Test
  void anotherHostCannotUseTheFence() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var fence = grantOne(HOST).fence();
    var before = job(job);
    var leases = storage().leases();

    assertThat(leases.started(OTHER_HOST, job.id(), fence, TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.renew(OTHER_HOST, job.id(), fence, TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.finish(OTHER_HOST, job.id(), fence, DONE, NOON))
        .isEqualTo(new Ending.Stale(fence));
    assertThat(
            leases.giveBack(
                OTHER_HOST, job.id(), fence, new GivingBack.Failed("no", ATTEMPTS), NOON))
        .isEqualTo(new Ending.Stale(fence));
    assertThat(job(job)).isEqualTo(before);
  }

  @Test
  void aHostThatLostItsLeaseCanDoNothingWithIt() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lost = grantOne(HOST);
    storage().leases().expire(ATTEMPTS, 10, NOON.plus(TTL));
    var current = grantOne(OTHER_HOST);
    var before = job(job);
    var leases = storage().leases();

    assertThat(leases.started(HOST, job.id(), lost.fence(), TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.renew(HOST, job.id(), lost.fence(), TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.finish(HOST, job.id(), lost.fence(), DONE, NOON))
        .isEqualTo(new Ending.Stale(current.fence()));
    assertThat(
            leases.giveBack(
                HOST, job.id(), lost.fence(), new GivingBack.Failed("no", ATTEMPTS), NOON))
        .isEqualTo(new Ending.Stale(current.fence()));
    assertThat(job(job)).isEqualTo(before);
  }

  @Test
  void aHostThatLostItsLeaseCanDoNothingEvenWhileTheJobWaits() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lost = grantOne(HOST);
    storage().leases().expire(ATTEMPTS, 10, NOON.plus(TTL));
    var leases = storage().leases();

    assertThat(leases.renew(HOST, job.id(), lost.fence(), TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.finish(HOST, job.id(), lost.fence(), DONE, NOON))
        .isEqualTo(new Ending.Stale(lost.fence()));
    assertThat(job(job).state()).isEqualTo(new JobState.Waiting(NOON.plus(TTL)));
  }

  @Test
  void aHostThatComesBackUnderANewFenceCannotUseItsOldOne() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lost = grantOne(HOST);
    storage().leases().expire(ATTEMPTS, 10, NOON.plus(TTL));
    var current = grantOne(HOST);

    assertThat(storage().leases().finish(HOST, job.id(), lost.fence(), DONE, NOON))
        .isEqualTo(new Ending.Stale(current.fence()));
    assertThat(storage().leases().finish(HOST, job.id(), current.fence(), DONE, NOON))
        .isEqualTo(new Ending.Recorded());
  }

  @Test
  void aFenceFromTheFutureIsNotBelieved() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var fence = grantOne(HOST).fence();

    assertThat(storage().leases().finish(HOST, job.id(), fence.next(), DONE, NOON))
        .isEqualTo(new Ending.Stale(fence));
  }

  @Test
  void nobodyHoldsAJobThatWasNeverGranted() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var leases = storage().leases();

    assertThat(leases.renew(HOST, job.id(), Fence.NONE, TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.finish(HOST, job.id(), Fence.NONE, DONE, NOON))
        .isEqualTo(new Ending.Stale(Fence.NONE));
    assertThat(job(job).state()).isEqualTo(new JobState.Waiting(NOON));
  }

  @Test
  void aJobNobodyKnowsCanBeNeitherKeptNorEnded() {
    var unknown = new JobId("j-unknown");
    var leases = storage().leases();

    assertThat(leases.started(HOST, unknown, new Fence(1), TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.renew(HOST, unknown, new Fence(1), TTL, NOON))
        .isInstanceOf(Renewal.Lost.class);
    assertThat(leases.finish(HOST, unknown, new Fence(1), DONE, NOON))
        .isEqualTo(new Ending.Unknown());
    assertThat(leases.giveBack(HOST, unknown, new Fence(1), new GivingBack.Unrun("no"), NOON))
        .isEqualTo(new Ending.Unknown());
  }

  @Test
  void aJobGivenBackUnrunWaitsAtItsOldPlaceSinceItDid() {
    var first = admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));
    var lease = grantOne(HOST);
    var later = NOON.plusSeconds(3);

    var ending =
        storage()
            .leases()
            .giveBack(HOST, first.id(), lease.fence(), new GivingBack.Unrun("no disk"), later);

    assertThat(ending).isEqualTo(new Ending.Recorded());
    assertThat(job(first).state()).isEqualTo(new JobState.Waiting(NOON));
    assertThat(grantOne(OTHER_HOST).job().id()).isEqualTo(first.id());
  }

  @Test
  void givingBackCountsAsAnAttemptOnlyWhenToldSo() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var leases = storage().leases();

    leases.giveBack(HOST, job.id(), grantOne(HOST).fence(), new GivingBack.Unrun("draining"), NOON);
    assertThat(job(job).attempts()).isZero();

    leases.giveBack(
        HOST,
        job.id(),
        grantOne(HOST).fence(),
        new GivingBack.Failed("broken image", ATTEMPTS),
        NOON);
    assertThat(job(job).attempts()).isEqualTo(1);
  }

  @Test
  void aJobThatFailedAsOftenAsItMayIsDead() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var leases = storage().leases();
    var how = new GivingBack.Failed("broken image", 2);
    leases.giveBack(HOST, job.id(), grantOne(HOST).fence(), how, NOON);
    var last = grantOne(HOST).fence();

    leases.giveBack(HOST, job.id(), last, how, NOON);

    var dead = Outcome.dead("Failed 2 times, at last: broken image");
    assertThat(job(job).state()).isEqualTo(new JobState.Ended(dead, NOON));
    assertThat(leases.giveBack(HOST, job.id(), last, how, NOON))
        .isEqualTo(new Ending.AlreadyRecorded());
    assertThat(storage().repair()).isZero();
  }

  @Test
  void givingBackIsRememberedWithItsReasonAndRepeatable() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var fence = grantOne(HOST).fence();
    var leases = storage().leases();
    leases.giveBack(HOST, job.id(), fence, new GivingBack.Failed("no disk", ATTEMPTS), NOON);

    var again =
        leases.giveBack(HOST, job.id(), fence, new GivingBack.Failed("no disk", ATTEMPTS), NOON);

    assertThat(again).isEqualTo(new Ending.AlreadyRecorded());
    assertThat(storage().jobs().attempts(ACME, job.id()))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.ending()).contains("no disk"));
  }

  @Test
  void fencesOnlyEverIncrease() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var leases = storage().leases();

    leases.giveBack(
        HOST,
        job.id(),
        new Fence(grantOne(HOST).fence().value()),
        new GivingBack.Unrun("no"),
        NOON);
    var second = grantOne(HOST).fence();
    leases.expire(ATTEMPTS, 10, NOON.plus(TTL));
    var third = grantOne(HOST).fence();
    leases.finish(HOST, job.id(), third, FAILED, NOON);
    storage().jobs().retry(ACME, job.id(), NOON);
    var fourth = grantOne(HOST).fence();

    assertThat(List.of(second, third, fourth))
        .containsExactly(new Fence(2), new Fence(3), new Fence(4));
  }

  @Test
  void anExpiredLeaseReturnsItsJobToItsOldPlace() {
    var first = admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));
    var lease = grantOne(HOST);

    var expired = storage().leases().expire(ATTEMPTS, 10, NOON.plus(TTL));

    assertThat(expired)
        .containsExactly(new Expired.Requeued(ACME, first.id(), HOST, lease.fence()));
    assertThat(job(first).state()).isEqualTo(new JobState.Waiting(NOON.plus(TTL)));
    assertThat(grantOne(OTHER_HOST).job().id()).isEqualTo(first.id());
  }

  @Test
  void aLeaseThatHasTimeLeftDoesNotExpire() {
    admit(NewJobs.of(ACME, "j-1"));
    grantOne(HOST);

    assertThat(storage().leases().expire(ATTEMPTS, 10, NOON.plus(TTL).minusMillis(1))).isEmpty();
  }

  @Test
  void expiringIsBoundedAndTakesTheLongestOverdueFirst() {
    var leases = storage().leases();
    admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));
    admit(NewJobs.of(ACME, "j-3"));
    leases.grant(offer(HOST, 1), TTL.plusSeconds(2), NOON);
    leases.grant(offer(HOST, 1), TTL, NOON);
    leases.grant(offer(HOST, 1), TTL.plusSeconds(1), NOON);
    var late = NOON.plus(Duration.ofHours(1));

    assertThat(leases.expire(ATTEMPTS, 2, late))
        .extracting(expired -> expired.job().value())
        .containsExactly("j-2", "j-3");
    assertThat(leases.expire(ATTEMPTS, 2, late))
        .extracting(expired -> expired.job().value())
        .containsExactly("j-1");
    assertThat(leases.expire(ATTEMPTS, 2, late)).isEmpty();
  }

  @Test
  void aJobThatUsedUpItsAttemptsIsDead() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var leases = storage().leases();
    var now = NOON;
    for (var attempt = 1; attempt < ATTEMPTS; attempt++) {
      leases.grant(offer(HOST, 1), TTL, now);
      now = now.plus(TTL);
      assertThat(leases.expire(ATTEMPTS, 10, now)).hasOnlyElementsOfType(Expired.Requeued.class);
    }
    var last = leases.grant(offer(HOST, 1), TTL, now).getFirst();
    now = now.plus(TTL);

    assertThat(leases.expire(ATTEMPTS, 10, now))
        .containsExactly(new Expired.GaveUp(ACME, job.id(), HOST, last.fence()));

    assertThat(job(job).state().word()).isEqualTo("dead");
    assertThat(storage().jobs().attempts(ACME, job.id())).hasSize(ATTEMPTS);
    assertThat(leases.grant(offer(HOST, 1), TTL, now)).isEmpty();
  }

  @Test
  void attemptsThatDidNotCountDoNotKill() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var leases = storage().leases();
    for (var i = 0; i < 5; i++) {
      leases.giveBack(
          HOST, job.id(), grantOne(HOST).fence(), new GivingBack.Unrun("draining"), NOON);
    }
    grantOne(HOST);

    assertThat(leases.expire(2, 10, NOON.plus(TTL))).hasOnlyElementsOfType(Expired.Requeued.class);
  }

  @Test
  void aCancelledJobWhoseHostIsLostIsCancelled() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().jobs().cancel(ACME, job.id(), "alice", NOON);

    var expired = storage().leases().expire(ATTEMPTS, 10, NOON.plus(TTL));

    assertThat(expired).containsExactly(new Expired.Cancelled(ACME, job.id(), HOST, lease.fence()));
    assertThat(job(job).state())
        .isEqualTo(new JobState.Ended(Outcome.cancelled("alice"), NOON.plus(TTL)));
  }

  @Test
  void aCancelledJobThatIsGivenBackIsCancelled() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().jobs().cancel(ACME, job.id(), "alice", NOON);

    storage()
        .leases()
        .giveBack(HOST, job.id(), lease.fence(), new GivingBack.Unrun("stopping"), NOON);

    assertThat(job(job).state()).isEqualTo(new JobState.Ended(Outcome.cancelled("alice"), NOON));
  }

  @Test
  void theHostOfACancelledJobIsTold() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));
    var lease = grantOne(HOST);
    grantOne(HOST);
    var leases = storage().leases();

    assertThat(storage().jobs().cancel(ACME, job.id(), "alice", NOON))
        .isEqualTo(new Cancel.Asked());

    assertThat(leases.cancelling(HOST)).containsExactly(job.id());
    assertThat(leases.cancelling(OTHER_HOST)).isEmpty();
    assertThat(leases.renew(HOST, job.id(), lease.fence(), TTL, NOON))
        .isEqualTo(new Renewal.Renewed(NOON.plus(TTL), true));
    assertThat(leases.started(HOST, job.id(), lease.fence(), TTL, NOON))
        .isEqualTo(new Renewal.Renewed(NOON.plus(TTL), true));
    assertThat(job(job).state())
        .isEqualTo(new JobState.Running(HOST, NOON, NOON, NOON.plus(TTL), true));
  }

  @Test
  void aHostMayFinishAJobThatIsBeingCancelledAsItEnded() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().jobs().cancel(ACME, job.id(), "alice", NOON);

    storage().leases().finish(HOST, job.id(), lease.fence(), DONE, NOON);

    assertThat(job(job).state()).isEqualTo(new JobState.Ended(DONE, NOON));
    assertThat(storage().leases().cancelling(HOST)).isEmpty();
  }

  @Test
  void aHostHoldsExactlyItsLeases() {
    var first = admit(NewJobs.of(ACME, "j-1"));
    var second = admit(NewJobs.of(GLOBEX, "j-2"));
    var third = admit(NewJobs.of(ACME, "j-3"));
    var leases = storage().leases();
    var lease = grantOne(HOST);
    leases.finish(HOST, first.id(), lease.fence(), DONE, NOON);
    grantOne(HOST);
    var running = grantOne(HOST);
    leases.started(HOST, running.job().id(), running.fence(), TTL, NOON);

    assertThat(leases.heldBy(HOST))
        .containsOnlyKeys(second.id(), third.id())
        .containsValues(new Fence(1));
    assertThat(leases.heldBy(OTHER_HOST)).isEmpty();
  }

  @Test
  void theTenantOfALeaseIsKnownAsLongAsTheJobIs() {
    var job = admit(NewJobs.of(GLOBEX, "j-1"));
    var leases = storage().leases();
    var first = grantOne(HOST).fence();
    assertThat(leases.tenantOf(HOST, job.id(), first)).contains(GLOBEX);
    leases.expire(ATTEMPTS, 10, NOON.plus(TTL));
    var second = grantOne(OTHER_HOST).fence();
    leases.finish(OTHER_HOST, job.id(), second, DONE, NOON);

    assertThat(leases.tenantOf(HOST, job.id(), first)).contains(GLOBEX);
    assertThat(leases.tenantOf(OTHER_HOST, job.id(), second)).contains(GLOBEX);
    assertThat(leases.tenantOf(HOST, job.id(), second)).isEmpty();
    assertThat(leases.tenantOf(OTHER_HOST, job.id(), first)).isEmpty();
    assertThat(leases.tenantOf(HOST, job.id(), new Fence(9))).isEmpty();
    assertThat(leases.tenantOf(HOST, new JobId("j-unknown"), first)).isEmpty();
  }

  @Test
  void everyKindOfReasonIsRecorded() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var fence = grantOne(HOST).fence();
    var outcome =
        Outcome.failed(1, "Zeichen: \u00e4\u4e2d\ud83d\ude00 'quoted' -- ; \n" + "x".repeat(3_000));

    storage().leases().finish(HOST, job.id(), fence, outcome, NOON);

    assertThat(job(job).state()).isEqualTo(new JobState.Ended(outcome, NOON));
  }

  @Test
  void aReasonThatIsNotTextIsRecordedAllTheSame() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var fence = grantOne(HOST).fence();
    var outcome = Outcome.failed(1, "nul \0 and half a pair \ud83d");

    var ending = storage().leases().finish(HOST, job.id(), fence, outcome, NOON);

    assertThat(ending).isEqualTo(new Ending.Recorded());
    assertThat(storage().leases().finish(HOST, job.id(), fence, outcome, NOON))
        .isEqualTo(new Ending.AlreadyRecorded());
    assertThat(job(job).state().word()).isEqualTo("failed");
  }
}
