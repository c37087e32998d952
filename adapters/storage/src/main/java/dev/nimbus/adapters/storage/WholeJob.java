package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Job;
import java.sql.SQLException;

/**
 * A job with what is kept apart from its row, not yet parsed: that is left to the caller's thread.
 */
record WholeJob(JobRow row, String spec) {
  /** The columns {@link #read} expects of the table job. */
  static final String COLUMNS =
      JobRow.COLUMNS + ", (SELECT spec FROM job_spec WHERE job_spec.seq = job.seq)";

  static WholeJob read(Row row) throws SQLException {
    return new WholeJob(JobRow.read(row), row.text());
  }

  Job job() {
    return row.with(StoredSpec.read(spec));
  }
}
