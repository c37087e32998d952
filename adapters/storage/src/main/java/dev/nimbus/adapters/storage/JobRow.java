package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import java.sql.SQLException;

/** A row of the table job. */
record JobRow(LastingColumns lasting, StateColumns columns) {
  /** The columns {@link #read} expects. */
  static final String COLUMNS = LastingColumns.COLUMNS + ", " + StateColumns.COLUMNS;

  static JobRow read(Row row) throws SQLException {
    return new JobRow(LastingColumns.read(row), StateColumns.read(row));
  }

  JobState state() {
    return columns.state();
  }

  /** Who called it off, empty if nobody did. */
  String cancelBy() {
    return columns.cancelBy();
  }

  /** The job, completed by what is kept apart from it. */
  Job job(StoredSpec stored) {
    return new Job(
        lasting.org(),
        lasting.id(),
        lasting.repository(),
        stored.spec(),
        lasting.requirements(),
        stored.attached(),
        state(),
        lasting.submittedAt(),
        lasting.fence(),
        lasting.attempts(),
        lasting.revision());
  }
}
