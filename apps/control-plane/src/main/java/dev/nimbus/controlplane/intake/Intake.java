package dev.nimbus.controlplane.intake;

import dev.nimbus.api.job.SubmitJob;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.core.storage.Once;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import java.time.InstantSource;

/** Admits jobs: each submission once, durably, and then tells the dispatch. */
public final class Intake {
  private final JobStore jobs;
  private final Dispatch dispatch;
  private final Ids ids;
  private final InstantSource time;
  private final Counter submissions;

  public Intake(JobStore jobs, Dispatch dispatch, Ids ids, InstantSource time, Metrics metrics) {
    this.jobs = jobs;
    this.dispatch = dispatch;
    this.ids = ids;
    this.time = time;
    this.submissions =
        metrics.counter(
            "nimbus_control_plane_submissions_total",
            "Job submissions by what became of them",
            "org",
            "result");
  }

  /** Admits a job. A request that came before gives the job it made the first time. */
  public Accepted submit(SubmitJob request, OrgId org, Once once) {
    var id = new JobId(ids.next("j"));
    var key = once.known() ? "key:" + once.key() : "job:" + id.value();
    var job = Submission.read(request, org, id, key, once.digest());
    var admitted = jobs.admit(job, time.instant());
    submissions.increment(org.value(), word(admitted));
    return switch (admitted) {
      case JobStore.Admit.Admitted(var stored) -> {
        dispatch.nudge();
        yield new Accepted(stored, true);
      }
      case JobStore.Admit.Seen(var stored) -> new Accepted(stored, false);
      case JobStore.Admit.KeyTaken(var by) ->
          throw new NimbusException(
              Kind.CONFLICT,
              "idempotency-key-taken",
              "Cannot submit under key '%s': it belongs to job '%s', which was a different request"
                  .formatted(once.key(), by));
      case JobStore.Admit.Full(var why) ->
          throw new NimbusException(
              Kind.EXHAUSTED, "queue-full", "Cannot admit a job for '%s': %s".formatted(org, why));
    };
  }

  private static String word(JobStore.Admit admitted) {
    return switch (admitted) {
      case JobStore.Admit.Admitted _ -> "admitted";
      case JobStore.Admit.Seen _ -> "seen";
      case JobStore.Admit.KeyTaken _ -> "key_taken";
      case JobStore.Admit.Full _ -> "full";
    };
  }

  /** A job that is in the system, and whether this call put it there. */
  public record Accepted(Job job, boolean fresh) {}
}
