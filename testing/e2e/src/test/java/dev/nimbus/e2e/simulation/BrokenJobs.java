package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.NewJob;
import dev.nimbus.core.placement.Waiting;
import dev.nimbus.core.storage.JobFilter;
import dev.nimbus.core.storage.JobStore;
import dev.nimbus.core.storage.Page;
import dev.nimbus.core.storage.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of a storage with a mistake. */
record BrokenJobs(JobStore right, Bug bug, BrokenStorage on) implements JobStore {
  @Override
  public Admit admit(NewJob job, Instant now) {
    return right.admit(
        new NewJob(
            job.org(),
            job.id(),
            job.repository(),
            job.spec(),
            job.requirements(),
            job.metadata(),
            bug.onceKey(job.onceKey(), job.id()),
            job.digest()),
        now);
  }

  @Override
  public Optional<Job> find(OrgId org, JobId id) {
    return on.dropped(id) ? Optional.empty() : right.find(org, id).map(bug::seen);
  }

  @Override
  public Page list(OrgId org, JobFilter filter) {
    var page = right.list(org, filter);
    return new Page(on.kept(page.jobs()), page.next());
  }

  @Override
  public List<Attempt> attempts(OrgId org, JobId id) {
    return right.attempts(org, id);
  }

  @Override
  public Cancel cancel(OrgId org, JobId id, String by, Instant now) {
    return right.cancel(org, id, by, now);
  }

  @Override
  public boolean giveUp(Job seen, String why, Instant now) {
    return right.giveUp(seen, why, now);
  }

  @Override
  public Retry retry(OrgId org, JobId id, Instant now) {
    return right.retry(org, id, now);
  }

  @Override
  public Optional<Standing> standing(OrgId org, JobId id) {
    return right.standing(org, id);
  }

  @Override
  public List<Waiting> demand(int limit) {
    return right.demand(limit);
  }

  @Override
  public Map<String, Long> counts(OrgId org) {
    return right.counts(org);
  }

  @Override
  public int forget(Instant endedBefore, int limit) {
    return right.forget(endedBefore, limit);
  }
}
