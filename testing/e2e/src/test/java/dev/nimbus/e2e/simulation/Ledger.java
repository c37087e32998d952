package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.Storage;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the judges remember of the storage: each job as it was after the last step that touched it.
 */
final class Ledger {
  private final Storage storage;
  private final Trace trace;
  private final int maxAttempts;
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private final Map<OrgId, OrgLimits> limits = new LinkedHashMap<>();
  private final Map<JobId, Fence> newest = new HashMap<>();
  private final Map<String, JobId> submitted = new HashMap<>();
  private final Set<JobId> calledOff = new HashSet<>();
  private final Set<SandboxId> settled = new HashSet<>();
  private final Set<JobId> completed = new HashSet<>();

  Ledger(Storage storage, Trace trace, int maxAttempts) {
    this.storage = storage;
    this.trace = trace;
    this.maxAttempts = maxAttempts;
  }

  int maxAttempts() {
    return maxAttempts;
  }

  Trace trace() {
    return trace;
  }

  /** Jobs by their idempotency key. */
  Map<String, JobId> submitted() {
    return submitted;
  }

  /** Jobs that somebody wants stopped. */
  Set<JobId> calledOff() {
    return calledOff;
  }

  /** Leases that ended by a recorded word of their host. */
  Set<SandboxId> settled() {
    return settled;
  }

  /** Jobs whose end by a host was recorded since they were queued. */
  Set<JobId> completed() {
    return completed;
  }

  Map<OrgId, OrgLimits> limits() {
    return limits;
  }

  Collection<Job> jobs() {
    return jobs.values();
  }

  Optional<Job> known(JobId job) {
    return Optional.ofNullable(jobs.get(job));
  }

  Fence newest(JobId job) {
    return newest.getOrDefault(job, Fence.NONE);
  }

  /** Reads a job that must be as it was left. */
  Optional<Job> unchanged(JobId id) {
    var known = known(id);
    known.ifPresent(
        job -> BrokenPromise.unless(job.equals(read(job)), "Job %s changed by itself", id));
    return known;
  }

  /** Reads a job again after a step. */
  Job after(Job before) {
    var job = read(before);
    BrokenPromise.unless(
        job.fence().compareTo(before.fence()) >= 0, "The fence of job %s went back", job.id());
    note(job);
    return job;
  }

  void note(Job job) {
    jobs.put(job.id(), job);
    newest.merge(job.id(), job.fence(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  int count(Predicate<Job> which) {
    var found = 0;
    for (var job : jobs.values()) {
      found += which.test(job) ? 1 : 0;
    }
    return found;
  }

  static boolean waiting(Job job) {
    return job.state() instanceof JobState.Waiting;
  }

  static boolean held(Job job) {
    return job.state() instanceof JobState.Leased || job.state() instanceof JobState.Running;
  }

  static boolean heldBy(Job job, HostId host, Fence fence) {
    var by =
        switch (job.state()) {
          case JobState.Leased leased -> leased.host().equals(host);
          case JobState.Running running -> running.host().equals(host);
          case JobState.Waiting _, JobState.Ended _ -> false;
        };
    return by && job.fence().equals(fence);
  }

  private Job read(Job known) {
    return storage
        .jobs()
        .find(known.org(), known.id())
        .orElseThrow(() -> new BrokenPromise("Job " + known.id() + " is lost: it is not stored"));
  }
}
