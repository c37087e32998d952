package dev.nimbus.controlplane.identity;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.service.token.Claims;
import dev.nimbus.service.token.Principal;
import dev.nimbus.service.token.Revocations;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the tokens of jobs with the lease they came with. Leases are looked up at most once a second
 * each. For caches and the like: the log of a job is written for a while after its lease.
 */
public final class JobLeases implements Revocations {
  private static final long FRESH_MILLIS = 1_000;
  private static final int MAX_KNOWN = 50_000;

  private final JobStore jobs;
  private final InstantSource time;
  private final ConcurrentHashMap<Whose, Known> known = new ConcurrentHashMap<>();

  public JobLeases(JobStore jobs, InstantSource time) {
    this.jobs = jobs;
    this.time = time;
  }

  @Override
  public Optional<String> refusal(String token, Claims claims) {
    return refusal(claims.principal());
  }

  /** Why the lease of this caller is none any more; empty for one that has no lease. */
  public Optional<String> refusal(Principal caller) {
    return caller.job().filter(lease -> !held(caller, lease)).map(_ -> "its lease is over");
  }

  private boolean held(Principal caller, Principal.Job lease) {
    var whose = new Whose(caller.org(), lease);
    var now = time.millis();
    var last = known.get(whose);
    if (last != null && Math.abs(now - last.readAtMillis()) < FRESH_MILLIS) {
      return last.held();
    }
    var held =
        jobs.find(caller.org(), lease.job())
            .filter(job -> job.fence().equals(lease.fence()))
            .filter(job -> leased(job.state()))
            .isPresent();
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    known.put(whose, new Known(held, now));
    return held;
  }

  private static boolean leased(JobState state) {
    return switch (state) {
      case JobState.Leased _, JobState.Running _ -> true;
      case JobState.Waiting _, JobState.Ended _ -> false;
    };
  }

  private record Whose(OrgId org, Principal.Job lease) {}

  private record Known(boolean held, long readAtMillis) {}
}
