package dev.nimbus.e2e.simulation;

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
import dev.nimbus.e2e.simulation.Bug.SandboxWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The leases of a storage with a mistake. */
record BrokenLeases(Bug bug, BrokenStorage on) implements LeaseStore {
  @Override
  public List<Lease> grant(Offer offer, Duration ttl, JobRate rate, Instant now) {
    return bug.grant(on, offer, ttl, now).stream()
        .filter(lease -> !on.dropped(lease.job().id()))
        .toList();
  }

  @Override
  public boolean takes(Offer offer) {
    return on.right().takes(offer);
  }

  @Override
  public Renewal started(HostId host, JobId job, Fence fence, Duration ttl, Instant now) {
    return on.right().started(host, job, fence, ttl, now);
  }

  @Override
  public Renewal renew(HostId host, JobId job, Fence fence, Duration ttl, Instant now) {
    return bug.renew(on, new SandboxWord(host, job, fence), ttl, now);
  }

  @Override
  public Ending finish(
      HostId host, JobId job, Fence fence, Outcome outcome, Usage used, Instant now) {
    return bug.finish(on, new SandboxWord(host, job, fence), outcome, now);
  }

  @Override
  public Ending giveBack(HostId host, JobId job, Fence fence, GivingBack how, Instant now) {
    return bug.giveBack(on, new SandboxWord(host, job, fence), how, now);
  }

  @Override
  public List<Expired> expire(int maxAttempts, int limit, Instant now) {
    return bug.expire(on, maxAttempts, limit, now);
  }

  @Override
  public Map<JobId, Fence> heldBy(HostId host) {
    return on.right().heldBy(host);
  }

  @Override
  public List<JobId> cancelling(HostId host) {
    return on.right().cancelling(host);
  }

  @Override
  public Optional<OrgId> tenantOf(HostId host, JobId job, Fence fence) {
    return on.right().tenantOf(host, job, fence);
  }
}
