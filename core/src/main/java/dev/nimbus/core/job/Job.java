package dev.nimbus.core.job;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import java.time.Instant;

/**
 * A job as it is stored.
 *
 * @param fence of the newest grant, {@link Fence#NONE} before the first
 * @param attempts grants that count against the bound since the job was admitted or retried
 * @param revision increases with every change but the mere renewal of its lease, so that watchers
 *     notice one
 */
public record Job(
    OrgId org,
    JobId id,
    Repository repository,
    JobSpec spec,
    Requirements requirements,
    Metadata metadata,
    JobState state,
    Instant submittedAt,
    Fence fence,
    int attempts,
    long revision) {
  /**
   * Whether this job can do what the other was to do, as far as place and sandbox go: it is of the
   * same repository, was promised no less and runs under the same conditions.
   */
  public boolean standsInFor(Job other) {
    return repository.equals(other.repository)
        && requirements.covers(other.requirements)
        && spec.standsInFor(other.spec);
  }
}
