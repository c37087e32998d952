package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Job;
import java.sql.SQLException;

/**
 * A job with what is kept apart from its row, not yet parsed: that is left to the caller's thread.
 */
record WholeJob(JobRow row, String spec) {
  /** What is kept apart, as the last column of a query on the table job. */
  static final String SPEC = "(SELECT spec FROM job_spec WHERE job_spec.seq = job.seq)";

  /** The columns {@link #read} expects of the table job. */
  static final String COLUMNS = JobRow.COLUMNS + ", " + SPEC;

  static WholeJob read(Row row) throws SQLException {
    return new WholeJob(JobRow.read(row), row.text());
  }

  long seq() {
    return row.lasting().seq();
  }

  Job job() {
    return row.job(StoredSpec.read(spec));
  }
}
