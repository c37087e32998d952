package dev.nimbus.testkit.storage;

import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.Expired;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.lease.LeaseStore;
import dev.nimbus.core.lease.Renewal;
import dev.nimbus.core.org.JobRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Leases in memory. */
final class MemoryLeaseStore implements LeaseStore {
  private static final int MAX_WHY = 2_000;

  private final MemoryState state;

  MemoryLeaseStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public List<Lease> grant(Offer offer, Duration ttl, JobRate rate, Instant now) {
    synchronized (state) {
      var granted = new ArrayList<Lease>();
      var free = offer.free();
      var machine = state.fleet().machine(offer.org(), offer.host());
      var slots = takes(offer) ? machine.isPresent() ? 1 : offer.slots() : 0;
      while (granted.size() < Math.min(slots, offer.slots())) {
        var next = next(offer, free, rate, now);
        if (next.isEmpty()) {
          break;
        }
        var job = next.get();
        var until = now.plus(ttl);
        job.grant(offer.host(), now, until);
        machine.ifPresent(one -> one.granted(job.seq(), now));
        state.turnIsOver(job.org());
        state.use(job.org(), rate, now);
        free = free.minus(job.requirements().size());
        granted.add(new Lease(job.job(), offer.host(), job.fence(), until));
      }
      return granted;
    }
  }

  @Override
  public boolean takes(Offer offer) {
    synchronized (state) {
      return state
          .fleet()
          .machine(offer.org(), offer.host())
          .map(MemoryMachine::takesJobs)
          .orElse(true);
    }
  }

  @Override
  public Renewal started(HostId host, JobId id, Fence fence, Duration ttl, Instant now) {
    synchronized (state) {
      var held = held(host, id, fence);
      held.ifPresent(job -> job.start(now, now.plus(ttl)));
      return renewal(held, now.plus(ttl));
    }
  }

  @Override
  public Renewal renew(HostId host, JobId id, Fence fence, Duration ttl, Instant now) {
    synchronized (state) {
      var held = held(host, id, fence);
      held.ifPresent(job -> job.renew(now.plus(ttl)));
      return renewal(held, now.plus(ttl));
    }
  }

  @Override
  public Ending finish(
      HostId host, JobId id, Fence fence, Outcome outcome, Usage used, Instant now) {
    synchronized (state) {
      var held = held(host, id, fence);
      if (held.isEmpty()) {
        return notHeld(host, id, fence, outcome.sentence());
      }
      held.get().remember(now, outcome.sentence());
      held.get().end(outcome, now);
      held.get().used(used);
      state.fleet().finished(host, held.get().seq(), now);
      return new Ending.Recorded();
    }
  }

  @Override
  public Ending giveBack(HostId host, JobId id, Fence fence, GivingBack how, Instant now) {
    var why = how.why();
    var shortened = why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY) + "…";
    var ending = "given back: " + shortened;
    synchronized (state) {
      var held = held(host, id, fence);
      if (held.isEmpty()) {
        return notHeld(host, id, fence, ending);
      }
      var job = held.get();
      job.remember(now, ending);
      if (!(how instanceof GivingBack.Failed) && job.lease().started().isEmpty()) {
        state.fleet().returned(host, job.seq());
      }
      giveBack(job, how, now);
      return new Ending.Recorded();
    }
  }

  @Override
  public List<Expired> expire(int maxAttempts, int limit, Instant now) {
    synchronized (state) {
      return state.jobs(job -> job.held() && !job.lease().until().isAfter(now)).stream()
          .sorted(Comparator.comparing(job -> job.lease().until()))
          .limit(limit)
          .map(job -> expire(job, maxAttempts, now))
          .toList();
    }
  }

  @Override
  public Map<JobId, Fence> heldBy(HostId host) {
    synchronized (state) {
      return state.heldBy(host).stream()
          .collect(Collectors.toUnmodifiableMap(MemoryJob::id, MemoryJob::fence));
    }
  }

  @Override
  public List<JobId> cancelling(HostId host) {
    synchronized (state) {
      return state.heldBy(host).stream().filter(MemoryJob::cancelling).map(MemoryJob::id).toList();
    }
  }

  @Override
  public Optional<OrgId> tenantOf(HostId host, JobId id, Fence fence) {
    synchronized (state) {
      return state
          .find(id)
          .filter(
              job ->
                  (job.heldBy(host) && job.fence().equals(fence))
                      || job.history().stream().anyMatch(by(host, fence)))
          .map(MemoryJob::org);
    }
  }

  private Optional<MemoryJob> next(Offer offer, Size free, JobRate rate, Instant now) {
    var own = offer.sharing() == Host.Sharing.OWN;
    return state
        .jobs(
            job ->
                job.waiting()
                    && !job.notBefore().isAfter(now)
                    && (!own || job.org().equals(offer.org()))
                    && job.requirements().metBy(offer.labels(), free)
                    && belowCaps(job)
                    && !state.usedUntil(job.org()).isAfter(rate.most(now)))
        .stream()
        .min(Comparator.comparingLong(job -> state.turn(job.org())));
  }

  private boolean belowCaps(MemoryJob job) {
    var standing = state.standing(job.org()).orElseThrow();
    return standing.running() < standing.limits().maxRunning()
        && state.running(job.org(), job.repository()) < standing.limits().maxRunningPerRepository();
  }

  private Optional<MemoryJob> held(HostId host, JobId id, Fence fence) {
    return state.find(id).filter(job -> job.heldBy(host) && job.fence().equals(fence));
  }

  private static Renewal renewal(Optional<MemoryJob> held, Instant until) {
    return held.<Renewal>map(job -> new Renewal.Renewed(until, job.cancelling()))
        .orElseGet(() -> new Renewal.Lost("The job is not held by this host under this fence"));
  }

  private Ending notHeld(HostId host, JobId id, Fence fence, String ending) {
    var found = state.find(id);
    if (found.isEmpty()) {
      return new Ending.Unknown();
    }
    var recorded =
        found.get().history().stream()
            .filter(by(host, fence))
            .anyMatch(attempt -> attempt.ending().equals(ending));
    return recorded ? new Ending.AlreadyRecorded() : new Ending.Stale(found.get().fence());
  }

  private static Predicate<Attempt> by(HostId host, Fence fence) {
    return attempt -> attempt.host().equals(host) && attempt.fence().equals(fence);
  }

  private static void giveBack(MemoryJob job, GivingBack how, Instant now) {
    if (job.cancelling()) {
      job.end(Outcome.cancelled(job.cancelBy()), now);
    } else if (how instanceof GivingBack.Failed(var why, var most) && job.attempts() >= most) {
      job.end(Outcome.dead("Failed %d times, at last: %s".formatted(job.attempts(), why)), now);
    } else if (how instanceof GivingBack.Postponed(_, var pause)) {
      job.postpone(pause, now);
    } else {
      job.requeue(how instanceof GivingBack.Failed, now);
    }
  }

  private static Expired expire(MemoryJob job, int maxAttempts, Instant now) {
    var host = job.lease().host();
    job.remember(now, "the lease ran out");
    if (job.cancelling()) {
      job.end(Outcome.cancelled(job.cancelBy()), now);
      return new Expired.Cancelled(job.org(), job.id(), host, job.fence());
    }
    if (job.attempts() >= maxAttempts) {
      job.end(Outcome.dead("Lost by its host %d times".formatted(job.attempts())), now);
      return new Expired.GaveUp(job.org(), job.id(), host, job.fence());
    }
    job.requeue(true, now);
    return new Expired.Requeued(job.org(), job.id(), host, job.fence());
  }
}
