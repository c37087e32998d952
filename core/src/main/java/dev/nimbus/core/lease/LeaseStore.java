package dev.nimbus.core.lease;

import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.org.JobRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may run which job. Every method is one atomic step, and every write by a host carries the
 * fence it was given: safety rests on fences alone, clocks only decide how soon a lost job is
 * retried. Thread-safe; calls block.
 */
public interface LeaseStore {
  /**
   * Grants waiting jobs to a host: tenants take turns, the oldest matching job of a tenant first,
   * never above the caps of tenant or repository nor faster than the rate of a tenant, none that is
   * postponed, each under a fence higher than any the job ever had, together never more than is
   * offered. Empty when nothing fits.
   *
   * <p>A host that is a machine of ours is granted one job while it is ready, and no other after
   * it, unless it gave that one back before it started and for no fault of its own.
   */
  List<Lease> grant(Offer offer, Duration ttl, JobRate rate, Instant now);

  /** Grants without a limit on the rate. */
  default List<Lease> grant(Offer offer, Duration ttl, Instant now) {
    return grant(offer, ttl, JobRate.NONE, now);
  }

  /**
   * Whether this host may be granted anything at all now; not a machine that is not ready, or was
   * granted its job. That it is granted nothing then says nothing about what waits.
   */
  boolean takes(Offer offer);

  /** Notes that the sandbox of a leased job runs, and renews. Calling again only renews. */
  Renewal started(HostId host, JobId job, Fence fence, Duration ttl, Instant now);

  /** Keeps a lease. A lease past its time that nobody has ended yet can still be kept. */
  Renewal renew(HostId host, JobId job, Fence fence, Duration ttl, Instant now);

  /**
   * Ends a job for good.
   *
   * @param used which is kept with the job
   */
  Ending finish(HostId host, JobId job, Fence fence, Outcome outcome, Usage used, Instant now);

  /** Ends a job of which nobody knows what it used. */
  default Ending finish(HostId host, JobId job, Fence fence, Outcome outcome, Instant now) {
    return finish(host, job, fence, outcome, Usage.UNKNOWN, now);
  }

  /**
   * Gives a job back, to the place in the queue it had, because this host cannot or will not run
   * it. A job that failed too often so is dead; one that was called off is cancelled. One that is
   * postponed waits at least for its pause, and where others of its repository that ask for the
   * same are postponed longer, as long as they.
   */
  Ending giveBack(HostId host, JobId job, Fence fence, GivingBack how, Instant now);

  /**
   * Ends leases that ran out, at most {@code limit} of them, longest overdue first: their jobs
   * return to the queue, or are dead after {@code maxAttempts}.
   */
  List<Expired> expire(int maxAttempts, int limit, Instant now);

  /** The jobs this host holds, with their fences: what its agent checks itself against. */
  Map<JobId, Fence> heldBy(HostId host);

  /** The jobs this host holds that somebody wants stopped. */
  List<JobId> cancelling(HostId host);

  /** The tenant of a job, if this host holds or ever held it under this fence. */
  Optional<OrgId> tenantOf(HostId host, JobId job, Fence fence);
}
