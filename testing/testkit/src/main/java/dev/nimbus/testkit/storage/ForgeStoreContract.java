package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.ForgeStore;
import dev.nimbus.core.storage.ForgeStore.LeftOver;
import dev.nimbus.core.storage.ForgeStore.Place;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.ForgeStore.Untold;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ForgeStore} must do about jobs that wait, and about what it keeps. */
public abstract class ForgeStoreContract extends ForgeContract {
  private static final OrgLimits ONE_WAITING = new OrgLimits(100, 100, 1);

  protected ForgeStoreContract() {}

  @Test
  void anAnnouncedJobIsServedByOursWhichWaitsAsIfItWereSubmitted() {
    var serving = serving("7").labels("docker").metadata("branch", "main");

    var job = queue("7", serving);

    assertThat(job.state()).isEqualTo(new JobState.Waiting(NOON));
    assertThat(job(job)).isEqualTo(job);
    assertThat(job.spec()).isEqualTo(serving.build().spec());
    assertThat(job.metadata()).isEqualTo(serving.build().metadata());
    assertThat(waiting(ACME)).isEqualTo(1);
    assertThat(grant(offer(HOST, 5))).isEmpty();
    assertThat(words(grant(offer(HOST, 5, "docker")))).containsExactly("s-7");
    assertThat(storage().repair()).isZero();
  }

  @Test
  void whatOursServesIsFoundAsItWasAnnounced() {
    var job = queue("7");

    assertThat(served(job))
        .contains(new Served(ACME, HUB, forgeJob("7"), job.id(), Stage.QUEUED, "", "", "", NOON));
    assertThat(forges().servedBy(ACME, List.of(job.id(), job.id(), jobId("s-0"))))
        .containsExactly(served(job).orElseThrow());
  }

  @Test
  void manyJobsAreLookedUpInTheOrderAsked() {
    var ids = IntStream.range(0, 250).mapToObj(i -> queue("1" + i).id()).toList();

    assertThat(forges().servedBy(ACME, ids.reversed()))
        .extracting(Served::serving)
        .isEqualTo(ids.reversed());
    assertThat(forges().servedBy(ACME, List.of())).isEmpty();
  }

  @Test
  void aJobThatNoForgeAskedForServesNothing() {
    var job = admit(NewJobs.of(ACME, "j-1"));

    assertThat(served(job)).isEmpty();
  }

  @Test
  void aDeliverySeenBeforeChangesNothing() {
    var job = queue("7");
    var serving = serving("7b").build();

    assertThat(forges().queued(delivery("q-7"), forgeJob("7"), serving, OPEN, NOON))
        .isEqualTo(new Queued.Replayed());
    assertThat(forges().queued(delivery("q-7b"), forgeJob("7"), serving, OPEN, NOON))
        .isEqualTo(known(job));
    assertThat(forges().queued(delivery("q-7b"), forgeJob("7"), serving, OPEN, NOON))
        .isEqualTo(new Queued.Replayed());
    assertThat(waiting(ACME)).isEqualTo(1);
  }

  @Test
  void aDeliveryOfARefusedJobIsSeenToo() {
    var serving = serving("7").build();
    forges().queued(delivery("q-7"), forgeJob("7"), serving, DENIED, NOON);

    assertThat(forges().queued(delivery("q-7"), forgeJob("7"), serving, OPEN, NOON))
        .isEqualTo(new Queued.Replayed());
  }

  @Test
  void oneDeliveryMayAnnounceSeveralJobs() {
    for (var id : List.of("7", "8")) {
      admitted(forges().queued(delivery("both"), forgeJob(id), serving(id).build(), OPEN, NOON));
    }

    assertThat(openJobs()).containsExactly("7", "8");
  }

  @Test
  void oneDeliveryIdOfTwoConnectionsIsTwoDeliveries() {
    queue("7");
    var other = new Source(ACME, LAB, "q-7");

    admitted(forges().queued(other, forgeJob("7"), serving("7b").build(), OPEN, NOON));
    assertThat(forges().noted(new Source(GLOBEX, HUB, "q-7"), NOON)).isTrue();
    assertThat(waiting(ACME)).isEqualTo(2);
  }

  @Test
  void aJobAnnouncedTwiceIsServedOnce() {
    var job = queue("7");

    var again = forges().queued(delivery("q-7b"), forgeJob("7"), serving("7b").build(), OPEN, NOON);

    assertThat(again).isEqualTo(known(job));
    assertThat(asked("7", "7c", OPEN)).isEqualTo(known(job));
    assertThat(waiting(ACME)).isEqualTo(1);
    assertThat(storage().jobs().find(ACME, jobId("s-7b"))).isEmpty();
  }

  @Test
  void anotherAttemptOfAJobIsAnotherJob() {
    queue("7");
    var again = forgeJob(new ForgeJobKey("7", 2), 0);

    admitted(forges().queued(delivery("q-2"), again, serving("7-2").build(), OPEN, NOON));

    assertThat(waiting(ACME)).isEqualTo(2);
  }

  @Test
  void theForgesKeyMakesAJobOneWhateverOnceKeyOursHas() {
    queue("7", serving("7").once("k", "d"));

    queue("8", serving("8").once("k", "other"));

    assertThat(waiting(ACME)).isEqualTo(2);
  }

  @Test
  void anIdOfOursIsNeverGivenTwice() {
    admit(NewJobs.of(GLOBEX, "s-7"));

    assertThatThrownBy(() -> queue("7"))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
    assertThat(waiting(ACME)).isZero();
    assertThat(openJobs()).isEmpty();
  }

  @Test
  void aJobOfOneTenantCannotServeAnother() {
    var serving = NewJobs.of(GLOBEX, "s-7").build();

    assertThatThrownBy(() -> forges().queued(ASKED, forgeJob("7"), serving, OPEN, NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("globex");
  }

  @Test
  void aRefusedJobIsShownAsRejectedAndNeverGranted() {
    var queued =
        forges().queued(delivery("q-7"), forgeJob("7"), serving("7").build(), DENIED, NOON);

    var outcome = Outcome.rejected("no-gpu: label 'gpu' is not allowed");
    assertThat(queued).isInstanceOf(Queued.Rejected.class);
    var job = ((Queued.Rejected) queued).serving();
    assertThat(queued).isEqualTo(new Queued.Rejected(job, DENIAL));
    assertThat(job.state()).isEqualTo(new JobState.Ended(outcome, NOON));
    assertThat(job(job)).isEqualTo(job);
    assertThat(storage().jobs().list(ACME, JobFilter.newest(5)).jobs()).containsExactly(job);
    assertThat(storage().jobs().retry(ACME, job.id(), NOON))
        .isEqualTo(new JobStore.Retry.Refused(outcome.reason()));
    assertThat(storage().jobs().counts(ACME)).containsOnlyKeys("rejected");
    assertThat(served(job).orElseThrow().rule()).isEqualTo("no-gpu");
    assertThat(openJobs()).containsExactly("7");
    assertThat(waiting(ACME)).isZero();
    assertThat(grant(offer(HOST, 5))).isEmpty();
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aRefusedJobIsForgottenLikeAnyThatEnded() {
    forges().queued(delivery("q-7"), forgeJob("7"), serving("7").build(), DENIED, NOON);

    assertThat(storage().jobs().forget(NOON.plusSeconds(1), 10)).isEqualTo(1);
    assertThat(openJobs()).isEmpty();
  }

  @Test
  void nothingIsRecordedOfAJobThatFindsTheQueueFull() {
    storage().orgs().limit(ACME, ONE_WAITING);
    queue("7");

    var full = forges().queued(delivery("q-8"), forgeJob("8"), serving("8").build(), OPEN, NOON);

    assertThat(full).isInstanceOf(Queued.Full.class);
    assertThat(storage().jobs().find(ACME, jobId("s-8"))).isEmpty();
    assertThat(openJobs()).containsExactly("7");
    grantOne(HOST);
    queue("8");
  }

  @Test
  void aRefusalIsRecordedEvenWhenTheQueueIsFull() {
    storage().orgs().limit(ACME, ONE_WAITING);
    queue("7");

    assertThat(asked("8", "8", DENIED)).isInstanceOf(Queued.Rejected.class);
  }

  @Test
  void aJobSomebodyCancelledStaysSo() {
    var job = queue("7");
    storage().jobs().cancel(ACME, job.id(), "alice", NOON);

    assertThat(asked("7", "7b", OPEN)).isEqualTo(known(job));
    assertThat(openJobs()).containsExactly("7");
    assertThat(unserved()).isEmpty();
  }

  @Test
  void aDeadJobStaysSo() {
    var job = queue("7");
    var lease = grantOne(HOST);
    storage()
        .leases()
        .giveBack(HOST, job.id(), lease.fence(), new GivingBack.Failed("no disk", 1), NOON);

    assertThat(state(job).word()).isEqualTo("dead");
    assertThat(asked("7", "7b", OPEN)).isEqualTo(known(job));
  }

  @Test
  void aJobThatStillWaitsAfterOursEndedIsServedAgainWhenTheForgeIsAsked() {
    var job = queue("7");
    finish(grantOne(HOST), Outcome.exited(0));

    var late = forges().queued(delivery("q-7b"), forgeJob("7"), serving("7b").build(), OPEN, NOON);
    assertThat(late).isEqualTo(known(job));

    var next = admitted(asked("7", "7c", OPEN));
    assertThat(serves(next)).isEqualTo("7");
    assertThat(serves(job)).isEmpty();
    assertThat(waiting(ACME)).isEqualTo(1);
  }

  @Test
  void aJobWhoseRunnersAlwaysEndWithoutItIsNotServedForEver() {
    queue("7");
    for (var serving = 1; serving < ForgeStore.MOST_SERVINGS; serving++) {
      finish(grantOne(HOST), Outcome.exited(1));
      admitted(asked("7", "7-" + serving, OPEN));
    }
    finish(grantOne(HOST), Outcome.exited(1));

    assertThat(asked("7", "7-x", OPEN)).isInstanceOf(Queued.Known.class);
    assertThat(openJobs()).containsExactly("7");
  }

  @Test
  void aRejectedJobIsAdmittedWhenPolicyHasChanged() {
    forges().queued(delivery("q-7"), forgeJob("7"), serving("7").build(), DENIED, NOON);
    assertThat(asked("7", "7b", DENIED)).isInstanceOf(Queued.Known.class);

    var job = admitted(asked("7", "7c", OPEN));

    assertThat(served(job).orElseThrow().rule()).isEmpty();
    assertThat(words(grantAll(HOST))).containsExactly("s-7c");
  }

  @Test
  void aWaitingJobIsRejectedWhenPolicyHasChanged() {
    var job = queue("7");
    queue("8");

    var queued = asked("7", "7b", DENIED);

    assertThat(queued).isEqualTo(new Queued.Rejected(job(job), DENIAL));
    assertThat(state(job).word()).isEqualTo("rejected");
    assertThat(served(job).orElseThrow().rule()).isEqualTo("no-gpu");
    assertThat(waiting(ACME)).isEqualTo(1);
    assertThat(words(grantAll(HOST))).containsExactly("s-8");
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aJobThatRunsIsNotRejectedAnyMore() {
    var job = queue("7");
    grantOne(HOST);

    assertThat(asked("7", "7b", DENIED)).isEqualTo(known(job));
    assertThat(state(job).word()).isEqualTo("leased");
  }

  @Test
  void aDeliveryThatChangesNothingIsNotedOnce() {
    assertThat(forges().noted(delivery("d"), NOON)).isTrue();
    assertThat(forges().noted(delivery("d"), NOON)).isFalse();
    assertThat(forges().noted(ASKED, NOON)).isTrue();
    assertThat(forges().noted(ASKED, NOON)).isTrue();
  }

  @Test
  void openJobsAreListedOldestFirst() {
    for (var second : List.of(3, 1, 2)) {
      var job = forgeJob(key("" + second), second);
      forges().queued(ASKED, job, serving("" + second).build(), OPEN, NOON);
    }
    forges().finished(ASKED, key("2"), "", "success", NOON);
    forges().started(ASKED, key("3"), STRANGER, NOON);

    assertThat(openJobs()).containsExactly("1", "3");
    assertThat(forges().open(ACME, HUB, 1)).hasSize(1);
    assertThat(forges().open(ACME, LAB, 10)).isEmpty();
  }

  @Test
  void openJobsAreListedFromPlaceToPlace() {
    for (var id : List.of("5", "1", "4", "2", "3")) {
      var job = forgeJob(key(id), id.equals("5") ? -9 : Integer.parseInt(id) / 2);
      forges().queued(ASKED, job, serving(id).build(), OPEN, NOON);
    }

    var pages = new ArrayList<String>();
    var after = Place.START;
    for (var page = forges().open(ACME, HUB, after, 2); !page.isEmpty(); ) {
      page.forEach(served -> pages.add(served.job().key().id()));
      after = Place.of(page.getLast().job());
      page = forges().open(ACME, HUB, after, 2);
    }

    assertThat(pages).containsExactly("5", "1", "2", "3", "4");
  }

  @Test
  void oursAreOverdueThatHaveWaitedSinceBeforeAnInstant() {
    var job = queue("7");
    queue("8", serving("8").labels("gpu"));
    assertThat(overdue(0)).isEmpty();
    assertThat(overdue(1)).containsExactly("s-7", "s-8");
    assertThat(forges().overdue(ACME, HUB, NOON.plusSeconds(1), 1)).containsExactly(job.id());
    assertThat(forges().overdue(ACME, LAB, NOON.plusSeconds(1), 9)).isEmpty();

    var lease = grantOne(HOST);
    assertThat(overdue(1)).containsExactly("s-8");
    finish(lease, Outcome.exited(1));
    storage().jobs().retry(ACME, job.id(), NOON.plusSeconds(60));

    assertThat(overdue(60)).containsExactly("s-8");
    assertThat(overdue(61)).containsExactly("s-7", "s-8");
  }

  @Test
  void whatItsForgeDoesNotWaitForIsNotOverdue() {
    queue("7");
    forges().started(ASKED, key("7"), STRANGER, NOON);

    assertThat(overdue(1)).isEmpty();
  }

  @Test
  void whatWillNotBeServedIsToBeToldUntilItIs() {
    var job = queue("7");
    queue("8");
    forges().queued(ASKED, forgeJob("9"), serving("9").build(), DENIED, NOON);
    storage().jobs().giveUp(job, "nobody came", NOON.plusSeconds(5));

    var dead = new Untold(forgeJob("7"), job.id(), "nobody came", NOON.plusSeconds(5));
    var denied =
        new Untold(forgeJob("9"), jobId("s-9"), "no-gpu: label 'gpu' is not allowed", NOON);
    assertThat(forges().untold(ACME, HUB, 10)).containsExactly(dead, denied);
    assertThat(forges().untold(ACME, HUB, 1)).containsExactly(dead);
    assertThat(forges().untold(ACME, LAB, 10)).isEmpty();
    forges().told(ACME, LAB, dead);
    forges().told(GLOBEX, HUB, dead);
    forges().told(ACME, HUB, new Untold(dead.job(), jobId("s-8"), dead.why(), dead.endedAt()));
    assertThat(forges().untold(ACME, HUB, 10)).containsExactly(dead, denied);

    forges().told(ACME, HUB, dead);
    forges().told(ACME, HUB, dead);

    assertThat(forges().untold(ACME, HUB, 10)).containsExactly(denied);
    assertThat(asked("7", "7b", OPEN)).isEqualTo(known(job));
    assertThat(forges().untold(ACME, HUB, 10)).containsExactly(denied);
  }

  @Test
  void theNextEndOfAJobThatWasRetriedIsToBeToldAnew() {
    var job = queue("7");
    storage().jobs().giveUp(job, "nobody came", NOON);
    forges().told(ACME, HUB, forges().untold(ACME, HUB, 1).getFirst());
    storage().jobs().retry(ACME, job.id(), NOON.plusSeconds(1));
    assertThat(forges().untold(ACME, HUB, 1)).isEmpty();

    storage().jobs().giveUp(job(job), "nobody came again", NOON.plusSeconds(2));

    assertThat(forges().untold(ACME, HUB, 1))
        .extracting(Untold::why)
        .containsExactly("nobody came again");
  }

  @Test
  void whatItsForgeDoesNotWaitForOrSomebodyCalledOffIsNotToBeTold() {
    var job = queue("7");
    storage().jobs().giveUp(job, "nobody came", NOON);
    forges().finished(ASKED, key("7"), "", "cancelled", NOON);
    storage().jobs().cancel(ACME, queue("8").id(), "alice", NOON);

    assertThat(forges().untold(ACME, HUB, 10)).isEmpty();
  }

  @Test
  void nobodySeesWhatAnotherTenantsJobsServe() {
    var job = queue("7");
    grantAll(HOST);
    var sandbox = new SandboxId(job.id(), new Fence(9));
    registering(HUB, sandbox, NOON);

    assertThat(forges().servedBy(GLOBEX, job.id())).isEmpty();
    assertThat(forges().servedBy(GLOBEX, List.of(job.id()))).isEmpty();
    assertThat(forges().open(GLOBEX, HUB, 10)).isEmpty();
    assertThat(forges().unserved(GLOBEX, HUB, 10)).isEmpty();
    assertThat(forges().leftOver(GLOBEX, HUB, 10)).isEmpty();
    assertThat(forges().overdue(GLOBEX, HUB, NOON.plusSeconds(1), 10)).isEmpty();
    assertThat(forges().untold(GLOBEX, HUB, 10)).isEmpty();
    forges().retired(GLOBEX, HUB, RunnerName.of(sandbox));
    assertThat(leftOver()).containsExactly("nimbus-s-7-9");
    forges().finished(Source.asked(GLOBEX, HUB), key("7"), "", "success", NOON);
    assertThat(served(job).orElseThrow().stage()).isEqualTo(Stage.QUEUED);
    forges().started(Source.asked(GLOBEX, HUB), key("9"), runnerOf(job, 1), NOON);
    assertThat(serves(job)).isEqualTo("7");
  }

  @Test
  void runnersAreLeftOverOnceTheirSandboxIsOver() {
    queue("7");
    var lease = grantOne(HOST);
    registering(HUB, new SandboxId(lease.job().id(), lease.fence()), NOON);
    registering(HUB, new SandboxId(lease.job().id(), lease.fence()), NOON.plusSeconds(9));
    assertThat(leftOver()).isEmpty();

    storage().leases().expire(3, 10, NOON.plus(TTL));
    assertThat(forges().leftOver(ACME, HUB, 10))
        .containsExactly(new LeftOver(new RunnerName("nimbus-s-7-1"), SHOP));

    var next = grantOne(HOST);
    registering(HUB, new SandboxId(next.job().id(), next.fence()), NOON.plusSeconds(1));
    assertThat(leftOver()).containsExactly("nimbus-s-7-1");
    finish(next, Outcome.exited(0));
    assertThat(leftOver()).containsExactly("nimbus-s-7-1", "nimbus-s-7-2");
    assertThat(forges().leftOver(ACME, HUB, 1)).hasSize(1);
    assertThat(forges().leftOver(ACME, HUB, "nimbus-s-7-1", 1))
        .containsExactly(new LeftOver(new RunnerName("nimbus-s-7-2"), SHOP));
    assertThat(forges().leftOver(ACME, HUB, "nimbus-s-7-2", 1)).isEmpty();
    forges().retired(ACME, HUB, new RunnerName("nimbus-s-7-1"));
    forges().retired(ACME, HUB, new RunnerName("nimbus-s-7-1"));
    assertThat(leftOver()).containsExactly("nimbus-s-7-2");
    storage().jobs().forget(NOON.plusSeconds(1), 10);
    assertThat(leftOver()).containsExactly("nimbus-s-7-2");
  }

  @Test
  void oldDeliveriesAreForgottenAndNewerOnesKept() {
    for (var i = 0; i < 4; i++) {
      forges().noted(delivery("d-" + i), NOON.plusSeconds(i));
    }

    assertThat(forges().forgetDeliveries(NOON.plusSeconds(3), 2)).isEqualTo(2);
    assertThat(forges().forgetDeliveries(NOON.plusSeconds(3), 10)).isEqualTo(1);
    assertThat(forges().forgetDeliveries(NOON.plusSeconds(3), 10)).isZero();
    assertThat(forges().noted(delivery("d-2"), NOON)).isTrue();
    assertThat(forges().noted(delivery("d-3"), NOON)).isFalse();
  }

  @Test
  void jobsThatNoneOfOursServesAreForgottenWithTheDeliveries() {
    forges().finished(delivery("f-1"), key("1"), "", "success", NOON);
    var job = queue("7");
    forges().started(delivery("s-7"), key("7"), STRANGER, NOON);

    assertThat(forges().forgetDeliveries(NOON, 10)).isZero();
    assertThat(forges().forgetDeliveries(NOON.plusSeconds(1), 3)).isEqualTo(3);

    assertThat(serves(job)).isEqualTo("7");
    queue("1");
  }

  @Test
  void aJobIsStillKnownWhenOursForItIsForgotten() {
    queue("7");
    finish(grantOne(HOST), Outcome.exited(0));
    storage().jobs().forget(NOON.plusSeconds(1), 10);

    assertThat(openJobs()).isEmpty();
    assertThat(unserved()).isEmpty();
    assertThat(asked("7", "7b", OPEN)).isEqualTo(known());
    var next = admit(NewJobs.of(ACME, "j-1"));
    assertThat(served(next)).isEmpty();
  }

  @Test
  void textOfAnyKindIsKept() {
    var odd = "ä\n中😀'\"\\";
    var job = queue("7");

    forges().finished(ASKED, key("7"), odd, odd, NOON);

    assertThat(served(job).orElseThrow().runner()).isEqualTo(odd);
    assertThat(served(job).orElseThrow().conclusion()).isEqualTo(odd);
  }

  private List<String> overdue(int second) {
    return forges().overdue(ACME, HUB, NOON.plusSeconds(second), 10).stream()
        .map(JobId::value)
        .toList();
  }

  private static String runnerOf(Job job, long fence) {
    return RunnerName.of(new SandboxId(job.id(), new Fence(fence))).value();
  }
}
