package dev.nimbus.e2e.simulation;

import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.lease.Expired;
import dev.nimbus.core.lease.LeaseStore;
import java.time.Instant;

/** Ends leases that ran out and judges that no other did, and what became of their jobs. */
final class JudgedExpiry {
  private static final int BATCH = 500;

  private final LeaseStore leases;
  private final Ledger ledger;
  private final World world;

  JudgedExpiry(LeaseStore leases, Ledger ledger, World world) {
    this.leases = leases;
    this.ledger = ledger;
    this.world = world;
  }

  /** How many ran out. */
  int expire(Instant now) {
    var overdue = ledger.count(job -> overdue(job, now));
    var expired = leases.expire(ledger.maxAttempts(), BATCH, now);
    BrokenPromise.unless(
        expired.size() == overdue, "%d leases ended, %d overdue", expired.size(), overdue);
    expired.forEach(one -> judge(one, now));
    return expired.size();
  }

  private void judge(Expired expired, Instant now) {
    var word = expired.getClass().getSimpleName();
    ledger.trace().add("storage", "expire " + expired.job() + "." + expired.fence() + ": " + word);
    ledger.trace().tally().count("expired " + word);
    var before = ledger.known(expired.job()).orElseThrow();
    BrokenPromise.unless(
        overdue(before, now) && Ledger.heldBy(before, expired.host(), expired.fence()),
        "The lease of job %s ended, but it was %s",
        expired.job(),
        before);
    BrokenPromise.unless(
        !world.calmSince(leasedAt(before)), "Job %s was lost though all was well", before.id());
    var after = ledger.after(before);
    BrokenPromise.unless(
        as(expired, before, after), "Job %s: %s, but is %s", expired.job(), word, after.state());
  }

  private boolean as(Expired expired, Job before, Job after) {
    var calledOff = ledger.calledOff().contains(before.id());
    var used = before.attempts() == ledger.maxAttempts();
    return switch (expired) {
      case Expired.Cancelled _ -> calledOff && Outcomes.ended(after, Conclusion.CANCELLED);
      case Expired.GaveUp _ -> !calledOff && used && Outcomes.ended(after, Conclusion.DEAD);
      case Expired.Requeued _ ->
          !calledOff && !used && Ledger.waiting(after) && after.attempts() == before.attempts();
    };
  }

  private static Instant leasedAt(Job job) {
    return switch (job.state()) {
      case JobState.Leased leased -> leased.since();
      case JobState.Running running -> running.leasedAt();
      case JobState.Waiting _, JobState.Ended _ -> Instant.MIN;
    };
  }

  private static boolean overdue(Job job, Instant now) {
    return switch (job.state()) {
      case JobState.Leased leased -> !leased.until().isAfter(now);
      case JobState.Running running -> !running.until().isAfter(now);
      case JobState.Waiting _, JobState.Ended _ -> false;
    };
  }
}
