package dev.nimbus.controlplane.intake;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.KnownJobs;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.JobStore;
import java.time.InstantSource;

/** Calls jobs off, and puts ended ones back into the queue. */
public final class Steering {
  private final JobStore jobs;
  private final KnownJobs known;
  private final Dispatch dispatch;
  private final JobWatch watch;
  private final InstantSource time;

  public Steering(JobStore jobs, Dispatch dispatch, JobWatch watch, InstantSource time) {
    this.jobs = jobs;
    this.known = new KnownJobs(jobs);
    this.dispatch = dispatch;
    this.watch = watch;
    this.time = time;
  }

  /** Ends a job, or has its host told to. One that is over is left as it is. */
  public Job cancel(OrgId org, JobId id, String by) {
    switch (jobs.cancel(org, id, by, time.instant())) {
      case JobStore.Cancel.Cancelled _ -> watch.changed(id);
      case JobStore.Cancel.Asked _ -> {
        watch.changed(id);
        tellHost(known.find(org, id));
      }
      case JobStore.Cancel.AlreadyEnded _ -> {}
      case JobStore.Cancel.Unknown _ -> throw KnownJobs.unknown(org, id);
    }
    return known.find(org, id);
  }

  /**
   * Runs an ended job again. {@code CONFLICT} with {@code not-ended} for any other, and with {@code
   * refused} for one that policy refused.
   */
  public Job retry(OrgId org, JobId id) {
    return switch (jobs.retry(org, id, time.instant())) {
      case JobStore.Retry.Queued(var queued) -> {
        watch.changed(id);
        dispatch.nudge();
        yield queued;
      }
      case JobStore.Retry.NotEnded(var state) ->
          throw new NimbusException(
              Kind.CONFLICT, "not-ended", "Cannot retry job '%s': it is %s".formatted(id, state));
      case JobStore.Retry.Refused(var why) ->
          throw new NimbusException(
              Kind.CONFLICT,
              "refused",
              "Cannot retry job '%s': policy refused it (%s); it is judged anew when the policy changes"
                  .formatted(id, why));
      case JobStore.Retry.Full(var why) ->
          throw new NimbusException(
              Kind.EXHAUSTED, "queue-full", "Cannot retry job '%s': %s".formatted(id, why));
      case JobStore.Retry.Unknown _ -> throw KnownJobs.unknown(org, id);
    };
  }

  private void tellHost(Job job) {
    switch (job.state()) {
      case JobState.Leased leased -> dispatch.wake(leased.host());
      case JobState.Running running -> dispatch.wake(running.host());
      case JobState.Waiting _, JobState.Ended _ -> {}
    }
  }
}
