package dev.nimbus.adapters.storage;

import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.Expired;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.lease.LeaseStore;
import dev.nimbus.core.lease.Renewal;
import dev.nimbus.core.org.JobRate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leases: the current one of a job in its row, ended ones in the table attempt. */
final class SqlLeaseStore implements LeaseStore {
  static final String HELD =
      "SELECT job_id, fence FROM job WHERE host_id = ? AND lease_until IS NOT NULL";

  private final Database database;

  SqlLeaseStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Lease> grant(Offer offer, Duration ttl, JobRate rate, Instant now) {
    if (offer.slots() <= 0) {
      return List.of();
    }
    var leasedAt = Times.stored(now);
    var until = Times.stored(now.plus(ttl));
    return database
        .write("grant jobs to host", offer.host(), new Granting(offer, rate, leasedAt, until)::run)
        .stream()
        .map(
            granted ->
                new Lease(granted.job(), offer.host(), granted.row().lasting().fence(), until))
        .toList();
  }

  @Override
  public boolean takes(Offer offer) {
    return !OneJob.isMachine(offer.host())
        || database.read(
            "see what may be granted to host",
            offer.host(),
            session -> OneJob.takes(session, offer));
  }

  @Override
  public Renewal started(HostId host, JobId job, Fence fence, Duration ttl, Instant now) {
    var until = Times.stored(now.plus(ttl));
    var holder = new Holder(host, job, fence);
    return database.write("start job", job, session -> holder.started(session, until, now));
  }

  @Override
  public Renewal renew(HostId host, JobId job, Fence fence, Duration ttl, Instant now) {
    var until = Times.stored(now.plus(ttl));
    var holder = new Holder(host, job, fence);
    return database.write("renew lease of job", job, session -> holder.renew(session, until));
  }

  @Override
  public Ending finish(
      HostId host, JobId job, Fence fence, Outcome outcome, Usage used, Instant now) {
    var finishing = new Finishing(new Holder(host, job, fence), outcome, used, Times.stored(now));
    return database.write("finish job", job, finishing::run);
  }

  @Override
  public Ending giveBack(HostId host, JobId job, Fence fence, GivingBack how, Instant now) {
    var returning = new Returning(new Holder(host, job, fence), how, Times.stored(now));
    return database.write("give back job", job, returning::run);
  }

  @Override
  public List<Expired> expire(int maxAttempts, int limit, Instant now) {
    var expiry = new Expiry(maxAttempts, limit, Times.stored(now));
    return database.write("expire leases before", now, expiry::run);
  }

  @Override
  public Map<JobId, Fence> heldBy(HostId host) {
    return database.read(
        "list jobs of host",
        host,
        session -> {
          var held = new HashMap<JobId, Fence>();
          session.all(
              HELD, row -> held.put(new JobId(row.text()), new Fence(row.number())), host.value());
          return Map.copyOf(held);
        });
  }

  @Override
  public List<JobId> cancelling(HostId host) {
    return database.read(
        "list cancelled jobs of host",
        host,
        session ->
            session.all(
                """
                SELECT job_id
                  FROM job
                 WHERE host_id = ? AND lease_until IS NOT NULL AND cancel_by IS NOT NULL
                 ORDER BY seq
                """,
                row -> new JobId(row.text()),
                host.value()));
  }

  @Override
  public Optional<OrgId> tenantOf(HostId host, JobId job, Fence fence) {
    return database.read(
        "find tenant of job",
        job,
        session ->
            session.first(
                """
                SELECT org_id
                  FROM job
                 WHERE job_id = ?
                   AND ((host_id = ? AND fence = ?)
                        OR EXISTS (SELECT 1
                                     FROM attempt a
                                    WHERE a.seq = job.seq AND a.host_id = ? AND a.fence = ?))
                """,
                row -> new OrgId(row.text()),
                job.value(),
                host.value(),
                fence.value(),
                host.value(),
                fence.value()));
  }
}
