package dev.nimbus.e2e.simulation;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.Expired;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.lease.Renewal;
import dev.nimbus.core.org.OrgLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mistakes a storage could make, each a small change to what the right one does. */
enum Bug {
  /** Whoever says that a job is over is believed. */
  FINISH_IGNORES_FENCE {
    @Override
    Ending finish(BrokenStorage on, SandboxWord word, Outcome outcome, Instant now) {
      return on.holder(word.job())
          .map(job -> on.right().finish(host(job), job.id(), job.fence(), outcome, now))
          .orElseGet(() -> super.finish(on, word, outcome, now));
    }
  },
  /** Every grant of a job has the same fence. */
  FENCE_STAYS {
    @Override
    List<Lease> grant(BrokenStorage on, Offer offer, Duration ttl, Instant now) {
      return super.grant(on, offer, ttl, now).stream()
          .map(it -> new Lease(sameFence(it.job()), it.host(), ONE, it.until()))
          .toList();
    }

    @Override
    Job seen(Job job) {
      return job.fence().equals(Fence.NONE) ? job : sameFence(job);
    }
  },
  /** What tenants and repositories may hold is forgotten. */
  GRANT_IGNORES_CAPS {
    @Override
    List<Lease> grant(BrokenStorage on, Offer offer, Duration ttl, Instant now) {
      on.limits().keySet().forEach(org -> on.rightOrgs().limit(org, OrgLimits.GENEROUS));
      var granted = super.grant(on, offer, ttl, now);
      on.limits().forEach(on.rightOrgs()::limit);
      return granted;
    }
  },
  /** One more is granted than was asked for. */
  GRANT_EXCEEDS_OFFER {
    @Override
    List<Lease> grant(BrokenStorage on, Offer offer, Duration ttl, Instant now) {
      return super.grant(on, with(offer, offer.slots() + 1), ttl, now);
    }
  },
  /** The tenant that comes first in the alphabet is always served first. */
  GRANT_WITHOUT_TURNS {
    @Override
    List<Lease> grant(BrokenStorage on, Offer offer, Duration ttl, Instant now) {
      var first = on.limits().firstKey();
      var own =
          new Offer(
              offer.host(), first, Host.Sharing.OWN, offer.labels(), offer.free(), offer.slots());
      var granted =
          offer.sharing() == Host.Sharing.ALL ? super.grant(on, own, ttl, now) : List.<Lease>of();
      return granted.isEmpty() ? super.grant(on, offer, ttl, now) : granted;
    }
  },
  /** A job whose lease ran out is gone. */
  EXPIRE_DROPS_JOB {
    @Override
    List<Expired> expire(BrokenStorage on, int maxAttempts, int limit, Instant now) {
      var expired = super.expire(on, maxAttempts, limit, now);
      expired.forEach(one -> on.drop(one.job()));
      return expired;
    }
  },
  /** Leases never run out. */
  EXPIRE_NEVER {
    @Override
    List<Expired> expire(BrokenStorage on, int maxAttempts, int limit, Instant now) {
      return List.of();
    }
  },
  /** Jobs are tried without end. */
  EXPIRE_WITHOUT_BOUND {
    @Override
    List<Expired> expire(BrokenStorage on, int maxAttempts, int limit, Instant now) {
      return super.expire(on, Integer.MAX_VALUE, limit, now);
    }
  },
  /** A lease that was lost can be kept. */
  RENEW_REVIVES {
    @Override
    Renewal renew(BrokenStorage on, SandboxWord word, Duration ttl, Instant now) {
      var renewal = super.renew(on, word, ttl, now);
      return renewal instanceof Renewal.Lost ? new Renewal.Renewed(now.plus(ttl), false) : renewal;
    }
  },
  /** A failed job is tried without end. */
  GIVE_BACK_WITHOUT_BOUND {
    @Override
    Ending giveBack(BrokenStorage on, SandboxWord word, GivingBack how, Instant now) {
      var boundless =
          how instanceof GivingBack.Failed
              ? new GivingBack.Failed(how.why(), Integer.MAX_VALUE)
              : how;
      return super.giveBack(on, word, boundless, now);
    }
  },
  /** A submission that is repeated makes another job. */
  ADMIT_TWICE {
    @Override
    String onceKey(String key, JobId job) {
      return job.value();
    }
  };

  private static final Fence ONE = new Fence(1);

  /** Who speaks of which lease. */
  record SandboxWord(HostId host, JobId job, Fence fence) {}

  List<Lease> grant(BrokenStorage on, Offer offer, Duration ttl, Instant now) {
    return on.right().grant(offer, ttl, now);
  }

  Renewal renew(BrokenStorage on, SandboxWord word, Duration ttl, Instant now) {
    return on.right().renew(word.host(), word.job(), word.fence(), ttl, now);
  }

  Ending finish(BrokenStorage on, SandboxWord word, Outcome outcome, Instant now) {
    return on.right().finish(word.host(), word.job(), word.fence(), outcome, now);
  }

  Ending giveBack(BrokenStorage on, SandboxWord word, GivingBack how, Instant now) {
    return on.right().giveBack(word.host(), word.job(), word.fence(), how, now);
  }

  List<Expired> expire(BrokenStorage on, int maxAttempts, int limit, Instant now) {
    return on.right().expire(maxAttempts, limit, now);
  }

  Job seen(Job job) {
    return job;
  }

  String onceKey(String key, JobId job) {
    return key;
  }

  static Optional<HostId> heldBy(Job job) {
    return switch (job.state()) {
      case JobState.Leased leased -> Optional.of(leased.host());
      case JobState.Running running -> Optional.of(running.host());
      case JobState.Waiting _, JobState.Ended _ -> Optional.empty();
    };
  }

  private static HostId host(Job job) {
    return heldBy(job).orElseThrow();
  }

  private static Offer with(Offer offer, int slots) {
    return new Offer(
        offer.host(), offer.org(), offer.sharing(), offer.labels(), offer.free(), slots);
  }

  private static Job sameFence(Job job) {
    return new Job(
        job.org(),
        job.id(),
        job.repository(),
        job.spec(),
        job.requirements(),
        job.metadata(),
        job.state(),
        job.submittedAt(),
        ONE,
        job.attempts(),
        job.revision());
  }
}
