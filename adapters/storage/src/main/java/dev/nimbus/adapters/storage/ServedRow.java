package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.ForgeStore.Served;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table forge_job for people, not yet parsed: that is left to the caller's thread.
 *
 * @param jobId of the job of ours that serves it, where one does
 */
record ServedRow(
    String org,
    String connection,
    String forgeId,
    int attempt,
    String stage,
    String runner,
    String conclusion,
    String rule,
    Instant queuedAt,
    Instant changedAt,
    @Nullable String facts,
    @Nullable String jobId) {
  /** The columns {@link #read} expects. */
  static final String COLUMNS =
      """
      org_id, connection_id, forge_id, attempt, stage, runner, conclusion, rule, queued_at,
      changed_at, facts, (SELECT job_id FROM job WHERE job.seq = forge_job.seq)
      """;

  static ServedRow read(Row row) throws SQLException {
    return new ServedRow(
        row.text(),
        row.text(),
        row.text(),
        row.count(),
        row.text(),
        row.text(),
        row.text(),
        row.text(),
        row.time(),
        row.time(),
        row.textOrNull(),
        row.textOrNull());
  }

  Served served() {
    return new Served(
        new OrgId(org),
        new ConnectionId(connection),
        job(),
        new JobId(String.valueOf(jobId)),
        ForgeJobRow.stage(stage),
        runner,
        conclusion,
        rule,
        changedAt);
  }

  ForgeJob job() {
    return StoredForgeJob.read(facts).job(new ForgeJobKey(forgeId, attempt), queuedAt);
  }
}
