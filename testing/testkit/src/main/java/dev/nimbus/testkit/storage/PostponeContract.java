package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every storage does with a job that was given back to be tried later. */
public abstract class PostponeContract extends StorageContract {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final GivingBack LATER = new GivingBack.Postponed("refused", PAUSE);
  private static final Instant OVER = NOON.plus(PAUSE);

  protected PostponeContract() {}

  @Test
  void aPostponedJobIsGrantedToNobodyBeforeItsPauseIsOverAndThenAtItsOldPlace() {
    var job = admit(NewJobs.of(ACME, "a-1"));
    postpone(grantOne(HOST), NOON);

    assertThat(grant(HOST, OVER.minusMillis(1))).isEmpty();
    assertThat(grant(OTHER_HOST, OVER.minusMillis(1))).isEmpty();
    assertThat(storage().jobs().standing(ACME, job.id()).orElseThrow().notBefore()).isEqualTo(OVER);
    admit(NewJobs.of(ACME, "a-2"));
    assertThat(words(grant(HOST, OVER))).containsExactly("a-1", "a-2");
  }

  @Test
  void postponingCountsAsNoAttemptHoweverOftenAndTheJobHasWaitedAllTheWhile() {
    var job = admit(NewJobs.of(ACME, "a-1"));
    var now = NOON;
    for (var i = 0; i < 10; i++) {
      postpone(grant(HOST, now).getFirst(), now);
      now = now.plus(PAUSE);
    }

    var found = storage().jobs().find(ACME, job.id()).orElseThrow();
    assertThat(found.attempts()).isZero();
    assertThat(found.state()).isEqualTo(new JobState.Waiting(NOON));
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aPostponedJobHoldsUpNoOtherOfItsKind() {
    admit(NewJobs.of(ACME, "a-1"));
    admit(NewJobs.of(ACME, "a-2"));
    postpone(grantOne(HOST), NOON);

    assertThat(words(grant(HOST, NOON))).containsExactly("a-2");
  }

  @Test
  void aJobPostponedAndThenGivenBackOtherwiseIsGrantedAtOnce() {
    admit(NewJobs.of(ACME, "a-1"));
    postpone(grantOne(HOST), NOON);
    var again = grant(HOST, OVER).getFirst();
    giveBack(again, new GivingBack.Unrun("draining"), OVER);

    assertThat(words(grant(HOST, OVER))).containsExactly("a-1");
  }

  @Test
  void aPostponedJobCanBeCalledOffAndRetried() {
    var job = admit(NewJobs.of(ACME, "a-1"));
    postpone(grantOne(HOST), NOON);
    storage().jobs().cancel(ACME, job.id(), "ann", NOON);

    assertThat(storage().jobs().find(ACME, job.id()).orElseThrow().state())
        .isEqualTo(new JobState.Ended(Outcome.cancelled("ann"), NOON));
    assertThat(grant(HOST, OVER)).isEmpty();
    storage().jobs().retry(ACME, job.id(), NOON);
    assertThat(words(grant(HOST, NOON))).containsExactly("a-1");
    assertThat(storage().repair()).isZero();
  }

  @Test
  void postponingIsRememberedWithItsReasonAndRepeatable() {
    var job = admit(NewJobs.of(ACME, "a-1"));
    var lease = grantOne(HOST);
    postpone(lease, NOON);

    assertThat(storage().leases().giveBack(HOST, job.id(), lease.fence(), LATER, NOON))
        .isEqualTo(new Ending.AlreadyRecorded());
    assertThat(storage().jobs().attempts(ACME, job.id()))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.ending()).isEqualTo("given back: refused"));
  }

  private void postpone(Lease lease, Instant now) {
    giveBack(lease, LATER, now);
  }

  private void giveBack(Lease lease, GivingBack how, Instant now) {
    var ending = storage().leases().giveBack(HOST, lease.job().id(), lease.fence(), how, now);
    assertThat(ending).isEqualTo(new Ending.Recorded());
  }

  private List<Lease> grant(HostId host, Instant now) {
    return storage().leases().grant(offer(host, 9), TTL, now);
  }
}
