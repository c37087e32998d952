package dev.nimbus.adapters.storage;

import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.ForgeStore.Source;
import dev.nimbus.core.storage.ForgeStore.Stage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on the table forge_job, for those who hold its tenant's lock. */
record ForgeJobs(Session session, OrgId org) {
  /** Locks a tenant like {@link Dialect#lockOrg}, also one that was never mentioned before. */
  static ForgeJobs lock(Session session, OrgId org) throws SQLException {
    if (session.dialect().manyWriters()) {
      Counters.know(session, org);
      session.dialect().lockOrg(session, org.value());
    }
    return new ForgeJobs(session, org);
  }

  /** The delivery that announced a job first; empty when the job was never heard of. */
  Optional<String> announcedBy(Source source, ForgeJobKey key) throws SQLException {
    return session.first(
        """
        SELECT delivery
          FROM forge_job
         WHERE org_id = ? AND connection_id = ? AND forge_id = ? AND attempt = ?
        """,
        Row::text,
        org.value(),
        source.connection().value(),
        key.id(),
        key.attempt());
  }

  Optional<ForgeJobRow> find(Source source, ForgeJobKey key) throws SQLException {
    return session.first(
        "SELECT "
            + ForgeJobRow.COLUMNS
            + """
              FROM forge_job
             WHERE org_id = ? AND connection_id = ? AND forge_id = ? AND attempt = ?
            """,
        ForgeJobRow::read,
        org.value(),
        source.connection().value(),
        key.id(),
        key.attempt());
  }

  /** What a job of ours serves. */
  Optional<ForgeJobRow> servedBy(long seq) throws SQLException {
    return session.first(
        "SELECT " + ForgeJobRow.COLUMNS + " FROM forge_job WHERE seq = ? AND org_id = ?",
        ForgeJobRow::read,
        seq,
        org.value());
  }

  /** The job of ours that serves it. */
  Optional<WholeJob> serving(ForgeJobRow row) throws SQLException {
    return row.seq() == null
        ? Optional.empty()
        : session.first(
            "SELECT " + WholeJob.COLUMNS + " FROM job WHERE seq = ? AND org_id = ?",
            WholeJob::read,
            row.seq(),
            org.value());
  }

  /** Remembers a job that nobody announced. */
  ForgeJobRow add(Source source, ForgeJobKey key, Instant now) throws SQLException {
    var place =
        session.number(
            """
            INSERT INTO forge_job (org_id, connection_id, forge_id, attempt, stage, servings,
                                   runner, conclusion, rule, delivery, queued_at, changed_at)
            VALUES (?, ?, ?, ?, 'queued', 0, '', '', '', '', ?, ?)
            RETURNING place
            """,
            org.value(),
            source.connection().value(),
            key.id(),
            key.attempt(),
            now,
            now);
    return new ForgeJobRow(place, source.connection().value(), Stage.QUEUED, null, 0, "", false);
  }

  void moved(ForgeJobRow row, Stage to, String runner, String conclusion, Instant now)
      throws SQLException {
    session.update(
        """
        UPDATE forge_job
           SET stage = ?, runner = ?, conclusion = ?, changed_at = ?
         WHERE place = ? AND org_id = ?
        """,
        ForgeJobRow.word(to),
        runner,
        conclusion,
        now,
        row.place(),
        org.value());
  }

  void refused(ForgeJobRow row, String rule, Instant now) throws SQLException {
    session.update(
        "UPDATE forge_job SET rule = ?, changed_at = ? WHERE place = ? AND org_id = ?",
        rule,
        now,
        row.place(),
        org.value());
  }

  /** Lets a job of ours serve it from now on, or none. */
  void pair(ForgeJobRow row, @Nullable Long seq) throws SQLException {
    session.update(
        "UPDATE forge_job SET seq = ? WHERE place = ? AND org_id = ?",
        seq,
        row.place(),
        org.value());
  }

  /** What a job served that is forgotten is over for us, however far its forge has come. */
  static void forgetServing(Session session, long seq) throws SQLException {
    session.update("UPDATE forge_job SET seq = NULL, stage = 'finished' WHERE seq = ?", seq);
  }

  /** Forgets jobs that none of ours serves and that did not move since. */
  static int forgetAlone(Session session, Instant before, int limit) throws SQLException {
    return session.update(
        """
        DELETE FROM forge_job
         WHERE seq IS NULL
           AND place IN (SELECT place
                           FROM forge_job
                          WHERE seq IS NULL AND changed_at < ?
                          ORDER BY changed_at
                          LIMIT ?)
        """,
        before,
        limit);
  }
}
