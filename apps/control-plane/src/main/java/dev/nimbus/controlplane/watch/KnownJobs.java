package dev.nimbus.controlplane.watch;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Attempt;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.storage.JobStore;
import java.util.List;

/** Jobs a tenant asks for by name. */
public final class KnownJobs {
  private final JobStore jobs;

  public KnownJobs(JobStore jobs) {
    this.jobs = jobs;
  }

  /** The job; {@code NOT_FOUND} when the tenant has none of this name. */
  public Job find(OrgId org, JobId id) {
    return jobs.find(org, id).orElseThrow(() -> unknown(org, id));
  }

  /** Its ended leases, oldest first; nobody is asked about a job that never had one. */
  public List<Attempt> attempts(Job job) {
    var never = job.fence().value() == 0;
    return never ? List.of() : jobs.attempts(job.org(), job.id());
  }

  /** What is said of a job the tenant does not have. */
  public static NimbusException unknown(OrgId org, JobId id) {
    return new NimbusException(
        Kind.NOT_FOUND, "There is no job '%s' of tenant '%s'".formatted(id, org));
  }
}
