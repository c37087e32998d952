package dev.nimbus.e2e.simulation;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import java.util.List;
import java.util.stream.Stream;

/** Judges how jobs ended: all of them did, and each as it really went. */
final class Ends {
  private final Ledger ledger;
  private final List<SimulatedHost> hosts;

  Ends(Ledger ledger, List<SimulatedHost> hosts) {
    this.ledger = ledger;
    this.hosts = hosts;
  }

  boolean allEnded() {
    return ledger.count(job -> !(job.state() instanceof JobState.Ended)) == 0;
  }

  /** The jobs that have not ended. */
  List<String> open() {
    return ledger.jobs().stream()
        .filter(job -> !(job.state() instanceof JobState.Ended))
        .map(job -> job.id() + " " + job.state())
        .toList();
  }

  void judge() {
    for (var job : ledger.jobs()) {
      if (job.state() instanceof JobState.Ended(var outcome, _)) {
        judge(job, outcome);
      }
    }
  }

  private void judge(Job job, Outcome outcome) {
    ledger.trace().tally().count("ended " + outcome.conclusion());
    var kept =
        switch (outcome.conclusion()) {
          case SUCCEEDED, FAILED -> reallyExited(job, outcome.exitCode());
          case TIMED_OUT -> reallyRanLong(job);
          case CANCELLED -> ledger.calledOff().contains(job.id());
          case DEAD -> job.attempts() == ledger.maxAttempts();
          case REJECTED -> false;
        };
    BrokenPromise.unless(kept, "Job %s did not really end with %s", job.id(), outcome);
  }

  private boolean reallyExited(Job job, int code) {
    return ended(job).anyMatch(end -> end.byItself() && end.exit().equals(new Exit.Exited(code)));
  }

  /** A later life of an agent counts the time for which the clock of the earlier stood still. */
  private boolean reallyRanLong(Job job) {
    return ended(job).anyMatch(end -> end.ran().compareTo(job.spec().timeout()) >= 0)
        || hosts.stream()
            .filter(host -> host.clock().stoodStill())
            .flatMap(host -> host.ever(lease(job)).stream())
            .anyMatch(SimulatedSandbox::unattended);
  }

  private Stream<SimulatedSandbox.State.Ended> ended(Job job) {
    return sandboxes(job)
        .map(SimulatedSandbox::state)
        .filter(SimulatedSandbox.State.Ended.class::isInstance)
        .map(SimulatedSandbox.State.Ended.class::cast);
  }

  /** The sandbox under the lease under which the job ended, if there was one. */
  private Stream<SimulatedSandbox> sandboxes(Job job) {
    return hosts.stream().flatMap(host -> host.ever(lease(job)).stream());
  }

  private static SandboxId lease(Job job) {
    return new SandboxId(job.id(), job.fence());
  }
}
