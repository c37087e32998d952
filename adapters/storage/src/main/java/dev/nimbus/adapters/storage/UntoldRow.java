package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.storage.ForgeStore.Untold;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job that waits at its forge and the end of ours for it, not yet parsed like a served one. */
record UntoldRow(
    String forgeId,
    int attempt,
    Instant queuedAt,
    @Nullable String facts,
    String jobId,
    String why,
    Instant endedAt) {
  /** The columns {@link #read} expects, of forge_job as f and of job as j. */
  static final String COLUMNS =
      """
      f.forge_id, f.attempt, f.queued_at, f.facts, j.job_id, j.reason, j.ended_at
      """;

  static UntoldRow read(Row row) throws SQLException {
    return new UntoldRow(
        row.text(), row.count(), row.time(), row.textOrNull(), row.text(), row.text(), row.time());
  }

  Untold untold() {
    var job = StoredForgeJob.read(facts).job(new ForgeJobKey(forgeId, attempt), queuedAt);
    return new Untold(job, new JobId(jobId), why, endedAt);
  }
}
