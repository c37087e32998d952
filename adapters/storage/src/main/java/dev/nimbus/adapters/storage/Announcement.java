package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.storage.ForgeStore.Source;
import java.sql.SQLException;
import java.time.Instant;

/** What a forge says of a job that waits, as it is written into the table forge_job. */
record Announcement(Source source, ForgeJob job, String facts, Instant now) {
  static Announcement of(Source source, ForgeJob job, Instant now) {
    return new Announcement(source, job, StoredForgeJob.text(job), Times.stored(now));
  }

  /** Writes a job that is heard of for the first time. */
  void add(Session session, long seq, String rule) throws SQLException {
    session.update(
        """
        INSERT INTO forge_job (org_id, connection_id, forge_id, attempt, stage, seq, servings,
                               runner, conclusion, rule, delivery, queued_at, changed_at, facts)
        VALUES (?, ?, ?, ?, 'queued', ?, 1, '', '', ?, ?, ?, ?, ?)
        """,
        source.org().value(),
        source.connection().value(),
        job.key().id(),
        job.key().attempt(),
        seq,
        rule,
        source.deliveryId(),
        job.queuedAt(),
        now,
        facts);
  }

  /** Writes who serves a job that is known. */
  void serve(Session session, ForgeJobRow row, long seq, String rule) throws SQLException {
    session.update(
        """
        UPDATE forge_job
           SET seq = ?, servings = servings + 1, rule = ?, queued_at = ?, changed_at = ?, facts = ?
         WHERE place = ? AND org_id = ?
        """,
        seq,
        rule,
        job.queuedAt(),
        now,
        facts,
        row.place(),
        source.org().value());
  }

  /** Completes a job that was heard of before it was announced. */
  void complete(Session session, ForgeJobRow row) throws SQLException {
    session.update(
        "UPDATE forge_job SET queued_at = ?, facts = ? WHERE place = ? AND org_id = ?",
        job.queuedAt(),
        facts,
        row.place(),
        source.org().value());
  }
}
