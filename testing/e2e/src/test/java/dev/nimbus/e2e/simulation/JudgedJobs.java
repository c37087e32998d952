package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.storage.JobStore;
import java.time.Instant;

/** Carries out what clients want of the storage and judges what comes of it. */
final class JudgedJobs {
  private final JobStore jobs;
  private final Ledger ledger;

  JudgedJobs(JobStore jobs, Ledger ledger) {
    this.jobs = jobs;
    this.ledger = ledger;
  }

  JobStore.Admit admit(NewJob job, Instant now) {
    var earlier = ledger.submitted().get(job.onceKey());
    var admit = jobs.admit(job, now);
    ledger.trace().add("storage", "admit " + job.id() + ": " + admit.getClass().getSimpleName());
    switch (admit) {
      case JobStore.Admit.Admitted(var made) -> {
        BrokenPromise.unless(
            earlier == null, "Submission %s made a second job %s", job.onceKey(), job.id());
        ledger.submitted().put(job.onceKey(), made.id());
        ledger.note(made);
      }
      case JobStore.Admit.Seen(var made) -> {
        ledger.trace().tally().count("submission repeated");
        BrokenPromise.unless(
            made.id().equals(earlier), "Submission %s became %s", job.onceKey(), made.id());
      }
      case JobStore.Admit.KeyTaken(var by) ->
          throw new BrokenPromise("Key %s is said to be taken by %s".formatted(job.onceKey(), by));
      case JobStore.Admit.Full _ -> full(job);
    }
    return admit;
  }

  JobStore.Cancel cancel(OrgId org, JobId id, Instant now) {
    var before = ledger.unchanged(id).orElseThrow();
    var cancel = jobs.cancel(org, id, "somebody", now);
    var after = ledger.after(before);
    ledger.trace().add("storage", "cancel " + id + ": " + cancel.getClass().getSimpleName());
    ledger.trace().tally().count("cancel " + cancel.getClass().getSimpleName());
    switch (cancel) {
      case JobStore.Cancel.Cancelled() -> {
        ledger.calledOff().add(id);
        BrokenPromise.unless(
            Ledger.waiting(before) && Outcomes.ended(after, Conclusion.CANCELLED),
            "Cancelled job %s is %s",
            id,
            after.state());
      }
      case JobStore.Cancel.Asked() -> {
        ledger.calledOff().add(id);
        BrokenPromise.unless(Ledger.held(before) && Ledger.held(after), "Asked %s", before.state());
      }
      case JobStore.Cancel.AlreadyEnded(var outcome) ->
          BrokenPromise.unless(
              before.equals(after)
                  && before.state() instanceof JobState.Ended(var known, _)
                  && known.equals(outcome),
              "Job %s cannot have ended with %s before: %s",
              id,
              outcome,
              before.state());
      case JobStore.Cancel.Unknown() -> throw new BrokenPromise("Job " + id + " is unknown");
    }
    return cancel;
  }

  JobStore.Retry retry(OrgId org, JobId id, Instant now) {
    var before = ledger.unchanged(id).orElseThrow();
    var retry = jobs.retry(org, id, now);
    var after = ledger.after(before);
    ledger.trace().add("storage", "retry " + id + ": " + retry.getClass().getSimpleName());
    ledger.trace().tally().count("retry " + retry.getClass().getSimpleName());
    switch (retry) {
      case JobStore.Retry.Queued _ -> {
        ledger.calledOff().remove(id);
        ledger.completed().remove(id);
        BrokenPromise.unless(
            before.state() instanceof JobState.Ended
                && Ledger.waiting(after)
                && after.attempts() == 0
                && after.fence().equals(before.fence()),
            "Retried job %s was %s and is %s",
            id,
            before,
            after);
      }
      case JobStore.Retry.NotEnded _, JobStore.Retry.Refused _, JobStore.Retry.Full _ ->
          BrokenPromise.unless(before.equals(after), "A refused retry changed job %s", id);
      case JobStore.Retry.Unknown() -> throw new BrokenPromise("Job " + id + " is unknown");
    }
    return retry;
  }

  private void full(NewJob job) {
    ledger.trace().tally().count("tenant full");
    var waiting = ledger.count(other -> other.org().equals(job.org()) && Ledger.waiting(other));
    var limit = ledger.limits().get(job.org());
    BrokenPromise.unless(
        limit != null && waiting >= limit.maxWaiting(),
        "Tenant %s is not full with %d waiting",
        job.org(),
        waiting);
  }
}
