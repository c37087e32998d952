package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The columns of a job that every state has, as they were read. What they mean is worked out when
 * asked, so that the thread that writes does not do it for everybody.
 *
 * @param seq its place in the queue
 * @param lane where it waits, if it does
 */
record LastingColumns(
    long seq,
    long lane,
    String jobId,
    String orgId,
    String repositoryName,
    String labels,
    int milliCpus,
    long memoryBytes,
    Instant submittedAt,
    long fenceValue,
    int attempts,
    long revision) {
  static final String COLUMNS =
      """
      seq, lane_id, job_id, org_id, repository, labels, milli_cpus, memory_bytes, submitted_at,
      fence, attempts, revision
      """;

  static LastingColumns read(Row row) throws SQLException {
    return new LastingColumns(
        row.number(),
        row.number(),
        row.text(),
        row.text(),
        row.text(),
        row.text(),
        row.count(),
        row.number(),
        row.time(),
        row.number(),
        row.count(),
        row.number());
  }

  JobId id() {
    return new JobId(jobId);
  }

  OrgId org() {
    return new OrgId(orgId);
  }

  Repository repository() {
    return new Repository(repositoryName);
  }

  Requirements requirements() {
    return new Requirements(StoredLabels.read(labels), size());
  }

  Size size() {
    return new Size(milliCpus, memoryBytes);
  }

  Fence fence() {
    return new Fence(fenceValue);
  }
}
