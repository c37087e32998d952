package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.JobStore.Admit;
import dev.nimbus.core.storage.JobStore.Cancel;
import dev.nimbus.core.storage.JobStore.Retry;
import dev.nimbus.core.storage.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link dev.nimbus.core.storage.JobStore} must do. */
public abstract class JobStoreContract extends StorageContract {
  private static final OrgLimits TWO_WAITING = new OrgLimits(100, 100, 2);

  @Test
  void anAdmittedJobWaitsAndIsFoundAsItWasSubmitted() {
    var submission =
        NewJobs.of(ACME, "j-1")
            .repository("acme/shop")
            .labels("docker", "GPU")
            .size(2_500, 3L << 30)
            .metadata("branch", "main")
            .spec(
                new JobSpec(
                    List.of("sh", "-c", "echo 'ä\n中😀'", ""),
                    Map.of("A", "1", "B", "x\"y\\z"),
                    "ubuntu:24.04",
                    Duration.ofMillis(90_500),
                    NetworkAccess.NONE));

    var job = admit(submission, NOON.plusNanos(123_456_000));

    var build = submission.build();
    assertThat(job)
        .isEqualTo(
            new Job(
                ACME,
                build.id(),
                build.repository(),
                build.spec(),
                build.requirements(),
                build.metadata(),
                new JobState.Waiting(NOON.plusNanos(123_456_000)),
                NOON.plusNanos(123_456_000),
                Fence.NONE,
                0,
                job.revision()));
    assertThat(job(job)).isEqualTo(job);
  }

  @Test
  void aSubmissionSeenBeforeChangesNothing() {
    var first = admit(NewJobs.of(ACME, "j-1").once("key", "digest"));
    var again = NewJobs.of(ACME, "j-2").once("key", "digest").build();

    var admit = storage().jobs().admit(again, NOON.plusSeconds(5));

    assertThat(admit).isEqualTo(new Admit.Seen(first));
    assertThat(storage().jobs().find(ACME, again.id())).isEmpty();
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isEqualTo(1);
  }

  @Test
  void theSameSubmissionWithTheSameIdIsSeen() {
    var first = admit(NewJobs.of(ACME, "j-1"));

    assertThat(storage().jobs().admit(NewJobs.of(ACME, "j-1").build(), NOON))
        .isEqualTo(new Admit.Seen(first));
  }

  @Test
  void aSubmissionSeenBeforeShowsWhatBecameOfItsJob() {
    var job = admit(NewJobs.of(ACME, "j-1").once("key", "digest"));
    var lease = grantOne(HOST);
    storage().leases().finish(HOST, job.id(), lease.fence(), Outcome.exited(0), NOON);

    var admit = storage().jobs().admit(NewJobs.of(ACME, "j-2").once("key", "digest").build(), NOON);

    assertThat(admit).isEqualTo(new Admit.Seen(job(job)));
  }

  @Test
  void oneKeyForTwoRequestsIsNoticed() {
    var first = admit(NewJobs.of(ACME, "j-1").once("key", "digest"));

    var admit = storage().jobs().admit(NewJobs.of(ACME, "j-2").once("key", "other").build(), NOON);

    assertThat(admit).isEqualTo(new Admit.KeyTaken(first.id()));
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isEqualTo(1);
  }

  @Test
  void keysOfDifferentTenantsHaveNothingToDoWithEachOther() {
    admit(NewJobs.of(ACME, "j-1").once("key", "digest"));

    assertThat(storage().jobs().admit(NewJobs.of(GLOBEX, "j-2").once("key", "other").build(), NOON))
        .isInstanceOf(Admit.Admitted.class);
  }

  @Test
  void anIdIsNeverGivenTwice() {
    var first = admit(NewJobs.of(ACME, "j-1"));

    assertThatThrownBy(
            () -> storage().jobs().admit(NewJobs.of(GLOBEX, "j-1").once("k", "d").build(), NOON))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));

    assertThat(job(first)).isEqualTo(first);
    assertThat(storage().orgs().find(GLOBEX).map(org -> org.waiting()).orElse(0)).isZero();
  }

  @Test
  void aTenantWithAFullQueueIsRefusedAndOthersAreNot() {
    storage().orgs().limit(ACME, TWO_WAITING);
    var first = admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));

    assertThat(storage().jobs().admit(NewJobs.of(ACME, "a-2").build(), NOON))
        .isInstanceOf(Admit.Full.class);
    assertThat(storage().jobs().admit(NewJobs.of(ACME, "a-0").build(), NOON))
        .isEqualTo(new Admit.Seen(first));
    assertThat(storage().jobs().find(ACME, jobId("a-2"))).isEmpty();
    admit(NewJobs.of(GLOBEX, "g-0"));
  }

  @Test
  void aGrantMakesRoomInAFullQueue() {
    storage().orgs().limit(ACME, TWO_WAITING);
    admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));
    grantOne(HOST);

    admit(NewJobs.of(ACME, "a-2"));
  }

  @Test
  void aTenantCannotHaveJobsOfEverSoManyKindsWaiting() {
    for (var i = 0; i < 1_000; i++) {
      admit(NewJobs.of(ACME, "j-" + i).labels("kind-" + i));
    }

    assertThat(storage().jobs().admit(NewJobs.of(ACME, "j-x").labels("kind-x").build(), NOON))
        .isInstanceOf(Admit.Full.class);
    admit(NewJobs.of(ACME, "j-y").labels("kind-7"));
    admit(NewJobs.of(GLOBEX, "j-z").labels("kind-x"));
    storage().jobs().cancel(ACME, jobId("j-0"), "alice", NOON);
    admit(NewJobs.of(ACME, "j-x").labels("kind-x"));
  }

  @Test
  void nobodySeesTheJobsOfAnotherTenant() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var jobs = storage().jobs();
    grantOne(HOST);
    storage().leases().expire(1, 10, NOON.plus(TTL));
    var before = job(job);

    assertThat(jobs.find(GLOBEX, job.id())).isEmpty();
    assertThat(jobs.attempts(GLOBEX, job.id())).isEmpty();
    assertThat(jobs.standing(GLOBEX, job.id())).isEmpty();
    assertThat(jobs.counts(GLOBEX)).isEmpty();
    assertThat(jobs.cancel(GLOBEX, job.id(), "mallory", NOON)).isEqualTo(new Cancel.Unknown());
    assertThat(jobs.retry(GLOBEX, job.id(), NOON)).isEqualTo(new Retry.Unknown());
    assertThat(job(job)).isEqualTo(before);
  }

  @Test
  void aWaitingJobIsCancelledAtOnce() {
    var job = admit(NewJobs.of(ACME, "j-1"));

    var cancel = storage().jobs().cancel(ACME, job.id(), "alice", NOON.plusSeconds(1));

    assertThat(cancel).isEqualTo(new Cancel.Cancelled());
    assertThat(job(job).state())
        .isEqualTo(new JobState.Ended(Outcome.cancelled("alice"), NOON.plusSeconds(1)));
    assertThat(job(job).revision()).isGreaterThan(job.revision());
    assertThat(storage().jobs().attempts(ACME, job.id())).isEmpty();
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isZero();
  }

  @Test
  void cancellingAHeldJobAsksItsHostAndMayBeRepeated() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    grantOne(HOST);

    assertThat(storage().jobs().cancel(ACME, job.id(), "alice", NOON))
        .isEqualTo(new Cancel.Asked());
    var revision = job(job).revision();
    assertThat(storage().jobs().cancel(ACME, job.id(), "bob", NOON)).isEqualTo(new Cancel.Asked());

    assertThat(job(job).state()).isEqualTo(new JobState.Leased(HOST, NOON, NOON.plus(TTL), true));
    assertThat(job(job).revision()).isEqualTo(revision);
    storage().leases().expire(3, 10, NOON.plus(TTL));
    assertThat(job(job).state())
        .isEqualTo(new JobState.Ended(Outcome.cancelled("alice"), NOON.plus(TTL)));
  }

  @Test
  void cancellingAnEndedJobChangesNothing() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().leases().finish(HOST, job.id(), lease.fence(), Outcome.exited(4), NOON);
    var before = job(job);

    assertThat(storage().jobs().cancel(ACME, job.id(), "alice", NOON))
        .isEqualTo(new Cancel.AlreadyEnded(Outcome.exited(4)));
    assertThat(job(job)).isEqualTo(before);
  }

  @Test
  void cancellingAJobNobodyKnowsIsUnknown() {
    assertThat(storage().jobs().cancel(ACME, jobId("j-1"), "alice", NOON))
        .isEqualTo(new Cancel.Unknown());
  }

  @Test
  void aWaitingJobIsGivenUpAsDead() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    admit(NewJobs.of(ACME, "j-2"));

    assertThat(storage().jobs().giveUp(job, "nobody came", NOON.plusSeconds(1))).isTrue();

    assertThat(job(job).state())
        .isEqualTo(new JobState.Ended(Outcome.dead("nobody came"), NOON.plusSeconds(1)));
    assertThat(job(job).revision()).isGreaterThan(job.revision());
    assertThat(storage().orgs().find(ACME).orElseThrow().waiting()).isEqualTo(1);
    assertThat(words(grant(offer(HOST, 5)))).containsExactly("j-2");
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aJobToWhichAnythingHappenedSinceItWasSeenIsNotGivenUp() {
    var seen = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    assertThat(storage().jobs().giveUp(seen, "nobody came", NOON)).isFalse();
    assertThat(storage().jobs().giveUp(job(seen), "nobody came", NOON)).isFalse();
    storage().leases().expire(3, 10, NOON.plus(TTL));

    assertThat(storage().jobs().giveUp(seen, "nobody came", NOON)).isFalse();

    assertThat(job(seen).state()).isEqualTo(new JobState.Waiting(NOON.plus(TTL)));
    assertThat(job(seen).fence()).isEqualTo(lease.fence());
    assertThat(storage().jobs().giveUp(job(seen), "nobody came", NOON)).isTrue();
    assertThat(storage().jobs().giveUp(job(seen), "nobody came", NOON)).isFalse();
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aRetriedJobWaitsAgainWithItsAttemptsForgottenAndItsFenceKept() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var lease = grantOne(HOST);
    storage().jobs().cancel(ACME, job.id(), "alice", NOON);
    storage().leases().finish(HOST, job.id(), lease.fence(), Outcome.cancelled("alice"), NOON);
    var ended = job(job);

    var retry = storage().jobs().retry(ACME, job.id(), NOON.plusSeconds(60));

    var now = job(job);
    assertThat(retry).isEqualTo(new Retry.Queued(now));
    assertThat(now.state()).isEqualTo(new JobState.Waiting(NOON.plusSeconds(60)));
    assertThat(now.attempts()).isZero();
    assertThat(now.fence()).isEqualTo(lease.fence());
    assertThat(now.revision()).isGreaterThan(ended.revision());
    assertThat(now.submittedAt()).isEqualTo(job.submittedAt());
    assertThat(storage().jobs().attempts(ACME, job.id())).hasSize(1);
    assertThat(grantOne(HOST).fence()).isEqualTo(lease.fence().next());
    assertThat(storage().leases().cancelling(HOST)).isEmpty();
  }

  @Test
  void onlyAnEndedJobIsRetried() {
    var job = admit(NewJobs.of(ACME, "j-1"));
    var jobs = storage().jobs();

    assertThat(jobs.retry(ACME, job.id(), NOON)).isEqualTo(new Retry.NotEnded("waiting"));
    var lease = grantOne(HOST);
    assertThat(jobs.retry(ACME, job.id(), NOON)).isEqualTo(new Retry.NotEnded("leased"));
    storage().leases().started(HOST, job.id(), lease.fence(), TTL, NOON);
    assertThat(jobs.retry(ACME, job.id(), NOON)).isEqualTo(new Retry.NotEnded("running"));
    assertThat(jobs.retry(ACME, jobId("j-2"), NOON)).isEqualTo(new Retry.Unknown());
  }

  @Test
  void aRetryIntoAFullQueueIsRefused() {
    storage().orgs().limit(ACME, TWO_WAITING);
    var job = admit(NewJobs.of(ACME, "a-0"));
    storage().jobs().cancel(ACME, job.id(), "alice", NOON);
    admit(NewJobs.of(ACME, "a-1"));
    admit(NewJobs.of(ACME, "a-2"));
    var before = job(job);

    assertThat(storage().jobs().retry(ACME, job.id(), NOON)).isInstanceOf(Retry.Full.class);
    assertThat(job(job)).isEqualTo(before);
  }

  @Test
  void theStandingOfAWaitingJobSaysWhatIsBeforeIt() {
    storage().orgs().limit(ACME, new OrgLimits(5, 3, 100));
    admit(NewJobs.of(ACME, "a-0").repository("acme/shop"));
    admit(NewJobs.of(ACME, "a-1").repository("acme/site"));
    admit(NewJobs.of(ACME, "a-2").repository("acme/shop"));
    admit(NewJobs.of(GLOBEX, "g-0").repository("acme/shop"));
    var job = admit(NewJobs.of(ACME, "a-3").repository("acme/shop").labels("gpu"));
    admit(NewJobs.of(ACME, "a-4"));
    grantOne(HOST);

    assertThat(storage().jobs().standing(ACME, job.id()))
        .contains(
            new Standing(
                job.requirements(),
                storage().orgs().find(ACME).orElseThrow(),
                2,
                1,
                Instant.EPOCH));
    assertThat(storage().jobs().standing(ACME, jobId("a-0"))).isEmpty();
    assertThat(storage().jobs().standing(ACME, jobId("a-9"))).isEmpty();
  }

  @Test
  void jobsAreCountedByState() {
    var ended = admit(NewJobs.of(ACME, "a-0"));
    admit(NewJobs.of(ACME, "a-1"));
    admit(NewJobs.of(ACME, "a-2"));
    admit(NewJobs.of(ACME, "a-3"));
    admit(NewJobs.of(GLOBEX, "g-0"));
    var lease = grantOne(HOST);
    storage().leases().finish(HOST, ended.id(), lease.fence(), Outcome.timedOut(TTL), NOON);
    storage().jobs().cancel(ACME, jobId("a-3"), "alice", NOON);

    assertThat(storage().jobs().counts(ACME))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("waiting", 2L, "timed_out", 1L, "cancelled", 1L));
  }

  @Test
  void jobsThatEndedLongAgoAreForgottenOldestFirst() {
    for (var i = 0; i < 3; i++) {
      var job = admit(NewJobs.of(ACME, "j-" + i).metadata("k", "v"));
      var lease = grantOne(HOST);
      var at = NOON.plusSeconds(10 - i);
      storage().leases().finish(HOST, job.id(), lease.fence(), Outcome.exited(0), at);
    }
    admit(NewJobs.of(ACME, "j-waiting"));

    assertThat(storage().jobs().forget(NOON.plusSeconds(10), 1)).isEqualTo(1);
    assertThat(storage().jobs().find(ACME, jobId("j-2"))).isEmpty();
    assertThat(storage().jobs().attempts(ACME, jobId("j-2"))).isEmpty();
    assertThat(storage().jobs().forget(NOON.plusSeconds(10), 10)).isEqualTo(1);
    assertThat(storage().jobs().forget(NOON.plusSeconds(10), 10)).isZero();
    assertThat(storage().jobs().counts(ACME))
        .containsExactlyInAnyOrderEntriesOf(Map.of("waiting", 1L, "succeeded", 1L));
    admit(NewJobs.of(ACME, "j-2"));
  }
}
