package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.LeaseStore;
import dev.nimbus.core.lease.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes what hosts say of their leases and judges that only the newest fence writes anything. */
final class JudgedLeases {
  private final LeaseStore leases;
  private final Ledger ledger;
  private final Duration ttl;

  JudgedLeases(LeaseStore leases, Ledger ledger, Duration ttl) {
    this.leases = leases;
    this.ledger = ledger;
    this.ttl = ttl;
  }

  Renewal started(HostId host, SandboxId id, Instant now) {
    return kept("started", host, id, () -> leases.started(host, id.job(), id.fence(), ttl, now));
  }

  Renewal renew(HostId host, SandboxId id, Instant now) {
    return kept("renew", host, id, () -> leases.renew(host, id.job(), id.fence(), ttl, now));
  }

  Ending finish(HostId host, SandboxId id, Outcome outcome, Instant now) {
    var what = "finish as " + outcome.conclusion();
    var holding = holding(host, id);
    var ending =
        settle(what, holding, id, () -> leases.finish(host, id.job(), id.fence(), outcome, now));
    if (ending instanceof Ending.Recorded) {
      BrokenPromise.unless(ledger.completed().add(id.job()), "Job %s completed twice", id.job());
      var after = ledger.known(id.job()).orElseThrow();
      BrokenPromise.unless(
          after.state() instanceof JobState.Ended(var recorded, _) && recorded.equals(outcome),
          "Job %s was to end with %s and is %s",
          id.job(),
          outcome,
          after.state());
    }
    return ending;
  }

  Ending giveBack(HostId host, SandboxId id, GivingBack how, Instant now) {
    var holding = holding(host, id);
    var ending =
        settle(
            "give back, " + how.getClass().getSimpleName(),
            holding,
            id,
            () -> leases.giveBack(host, id.job(), id.fence(), how, now));
    if (ending instanceof Ending.Recorded) {
      returned(
          holding.orElseThrow(),
          ledger.known(id.job()).orElseThrow(),
          how instanceof GivingBack.Failed);
    }
    return ending;
  }

  /** What the control plane makes of a host's word. */
  GivingBack giving(String why, boolean counts) {
    return counts ? new GivingBack.Failed(why, ledger.maxAttempts()) : new GivingBack.Unrun(why);
  }

  private void returned(Job before, Job after, boolean counts) {
    if (ledger.calledOff().contains(before.id())) {
      BrokenPromise.unless(
          Outcomes.ended(after, Conclusion.CANCELLED),
          "Job %s was called off, given back, and is %s",
          before.id(),
          after.state());
      return;
    }
    if (counts && before.attempts() >= ledger.maxAttempts()) {
      ledger.trace().tally().count("dead by giving back");
      BrokenPromise.unless(
          Outcomes.ended(after, Conclusion.DEAD),
          "Job %s was given back after its last attempt and is %s",
          before.id(),
          after.state());
      return;
    }
    BrokenPromise.unless(
        Ledger.waiting(after) && after.attempts() == before.attempts() - (counts ? 0 : 1),
        "Job %s was given back and is %s with %d attempts",
        before.id(),
        after.state(),
        after.attempts());
  }

  private Renewal kept(String what, HostId host, SandboxId id, Supplier<Renewal> write) {
    var holding = holding(host, id);
    var before = ledger.known(id.job());
    var renewal = write.get();
    var after = before.map(ledger::after);
    trace(what, id, renewal);
    switch (renewal) {
      case Renewal.Renewed(_, var cancelling) -> {
        BrokenPromise.unless(holding.isPresent(), "Lease %s kept by who lost it", id);
        BrokenPromise.unless(
            cancelling == ledger.calledOff().contains(id.job()), "%s: cancelling?", id);
      }
      case Renewal.Lost(var why) -> {
        BrokenPromise.unless(holding.isEmpty(), "Lease %s is said to be lost: %s", id, why);
        BrokenPromise.unless(before.equals(after), "A stale %s changed %s", what, id);
      }
    }
    return renewal;
  }

  private Ending settle(String what, Optional<Job> holding, SandboxId id, Supplier<Ending> write) {
    var before = ledger.known(id.job());
    var ending = write.get();
    var after = before.map(ledger::after);
    trace(what, id, ending);
    if (ending instanceof Ending.Recorded) {
      BrokenPromise.unless(holding.isPresent(), "%s %s was recorded though stale", what, id);
      ledger.settled().add(id);
      return ending;
    }
    BrokenPromise.unless(holding.isEmpty(), "%s %s was refused: %s", what, id, ending);
    BrokenPromise.unless(before.equals(after), "A stale %s changed %s", what, id);
    BrokenPromise.unless(
        ledger.settled().contains(id) || !(ending instanceof Ending.AlreadyRecorded),
        "%s %s cannot have been recorded before",
        what,
        id);
    return ending;
  }

  /** The job as it is now, if the host holds it under this very fence. */
  private Optional<Job> holding(HostId host, SandboxId id) {
    return ledger.unchanged(id.job()).filter(job -> Ledger.heldBy(job, host, id.fence()));
  }

  private void trace(String what, SandboxId id, Object answer) {
    var word = answer.getClass().getSimpleName();
    ledger.trace().add("storage", what + " " + id + ": " + word);
    ledger.trace().tally().count(word);
  }
}
