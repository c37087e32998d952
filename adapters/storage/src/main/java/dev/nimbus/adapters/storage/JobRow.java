package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A row of the table job.
 *
 * @param seq its place in the queue
 * @param lane where it waits, if it does
 * @param cancelBy who called it off, empty if nobody did
 */
record JobRow(
    long seq,
    long lane,
    JobId id,
    OrgId org,
    Repository repository,
    Requirements requirements,
    JobState state,
    Instant submittedAt,
    Fence fence,
    int attempts,
    long revision,
    String cancelBy) {
  /** The columns {@link #read} expects, for a table without an alias. */
  static final String COLUMNS =
      """
      seq, lane_id, job_id, org_id, repository, labels, milli_cpus, memory_bytes, submitted_at,
      fence, attempts, revision, cancel_by, state, queued_at, host_id, leased_at, started_at,
      lease_until, exit_code, reason, ended_at
      """;

  static JobRow read(Row row) throws SQLException {
    var seq = row.number();
    var lane = row.number();
    var id = new JobId(row.text());
    var org = new OrgId(row.text());
    var repository = new Repository(row.text());
    var requirements = requirements(row);
    var submittedAt = row.time();
    var fence = new Fence(row.number());
    var attempts = row.count();
    var revision = row.number();
    var cancelBy = row.textOrNull();
    return new JobRow(
        seq,
        lane,
        id,
        org,
        repository,
        requirements,
        StateColumns.read(row, cancelBy != null),
        submittedAt,
        fence,
        attempts,
        revision,
        cancelBy == null ? "" : cancelBy);
  }

  /** Reads the columns labels, milli_cpus and memory_bytes. */
  static Requirements requirements(Row row) throws SQLException {
    var labels = StoredLabels.read(row.text());
    return new Requirements(labels, new Size(row.count(), row.number()));
  }

  /** The job, completed by what is kept apart from it. */
  Job with(StoredSpec stored) {
    return new Job(
        org,
        id,
        repository,
        stored.spec(),
        requirements,
        stored.attached(),
        state,
        submittedAt,
        fence,
        attempts,
        revision);
  }
}
