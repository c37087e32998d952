package dev.nimbus.controlplane.dispatch;

import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.LeaseStore;
import dev.nimbus.core.lease.Renewal;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;

/** What hosts say of the leases they hold, from the start of a sandbox to its end. */
public final class Keeping {
  private final LeaseStore leases;
  private final Dispatch dispatch;
  private final JobWatch watch;
  private final Duration ttl;
  private final InstantSource time;
  private final Counter stale;

  public Keeping(
      LeaseStore leases,
      Dispatch dispatch,
      JobWatch watch,
      Duration ttl,
      InstantSource time,
      Metrics metrics) {
    this.leases = leases;
    this.dispatch = dispatch;
    this.watch = watch;
    this.ttl = ttl;
    this.time = time;
    this.stale =
        metrics.counter(
            "nimbus_control_plane_stale_fences_total",
            "Writes by hosts refused because their fence was no longer the newest",
            "operation");
  }

  /** The sandbox runs. {@code CONFLICT} with {@code stale-fence} when the lease is lost. */
  public Renewal.Renewed started(HostId host, JobId job, Fence fence) {
    var renewed = kept("start", job, leases.started(host, job, fence, ttl, time.instant()));
    watch.changed(job);
    return renewed;
  }

  /** The host is still at it. {@code CONFLICT} with {@code stale-fence} when the lease is lost. */
  public Renewal.Renewed renew(HostId host, JobId job, Fence fence) {
    return kept("renew", job, leases.renew(host, job, fence, ttl, time.instant()));
  }

  /** The job is over. {@code CONFLICT} with {@code stale-fence} when the lease was lost. */
  public void finish(HostId host, JobId job, Fence fence, Outcome outcome, Usage used) {
    settle("finish", job, fence, leases.finish(host, job, fence, outcome, used, time.instant()));
  }

  /** The host gives the job back. */
  public void giveBack(HostId host, JobId job, Fence fence, GivingBack how) {
    settle("give back", job, fence, leases.giveBack(host, job, fence, how, time.instant()));
  }

  /**
   * Takes back a lease its host does not know of, because the answer that granted it was lost. One
   * that is over by now is left as it is.
   */
  public void takeBack(HostId host, JobId job, Fence fence, GivingBack how) {
    if (leases.giveBack(host, job, fence, how, time.instant()) instanceof Ending.Recorded) {
      watch.changed(job);
      dispatch.nudge();
    }
  }

  private void settle(String what, JobId job, Fence fence, Ending ending) {
    switch (ending) {
      case Ending.Recorded() -> {
        watch.changed(job);
        dispatch.nudge();
      }
      case Ending.AlreadyRecorded() -> {}
      case Ending.Stale(var current) ->
          throw stale(what, job, "its fence is now " + current + " and yours is " + fence);
      case Ending.Unknown() ->
          throw new NimbusException(
              Kind.NOT_FOUND, "Cannot %s job '%s': no such job".formatted(what, job));
    }
  }

  private Renewal.Renewed kept(String what, JobId job, Renewal renewal) {
    return switch (renewal) {
      case Renewal.Renewed renewed -> renewed;
      case Renewal.Lost(var why) -> throw stale(what, job, why);
    };
  }

  private NimbusException stale(String what, JobId job, String why) {
    stale.increment(what.replace(' ', '_'));
    return new NimbusException(
        Kind.CONFLICT, "stale-fence", "Cannot %s job '%s': %s".formatted(what, job, why));
  }
}
