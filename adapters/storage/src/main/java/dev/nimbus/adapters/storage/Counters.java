package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.org.OrgLimits;
import java.sql.SQLException;
import java.time.Instant;

/** How many jobs of tenants and repositories wait and run, kept in step with the jobs. */
final class Counters {
  private Counters() {}

  /** Makes a tenant that was never mentioned before. */
  static void know(Session session, OrgId org) throws SQLException {
    var limits = OrgLimits.GENEROUS;
    session.update(
        """
        INSERT INTO org (org_id, max_running, max_running_per_repository, max_waiting, waiting,
                         running, turn)
        VALUES (?, ?, ?, ?, 0, 0, $turn)
        ON CONFLICT DO NOTHING
        """,
        org.value(),
        limits.maxRunning(),
        limits.maxRunningPerRepository(),
        limits.maxWaiting());
  }

  /** Counts one more waiting job, unless the tenant holds as many as it may or is unknown. */
  static boolean queued(Session session, OrgId org) throws SQLException {
    return 1
        == session.update(
            "UPDATE org SET waiting = waiting + 1 WHERE org_id = ? AND waiting < max_waiting",
            org.value());
  }

  /** A job that waited ended, or was not admitted after all. */
  static void unqueued(Session session, OrgId org) throws SQLException {
    session.update("UPDATE org SET waiting = waiting - 1 WHERE org_id = ?", org.value());
  }

  /** A job that waited was granted: the tenant's turn is over. */
  static void granted(Session session, LastingColumns job, JobRate rate, Instant now)
      throws SQLException {
    var since = rate.unlimited() ? Instant.EPOCH : now;
    session.update(
        """
        UPDATE org
           SET waiting = waiting - 1, running = running + 1, turn = $turn,
               used_until = CASE WHEN used_until > ? THEN used_until ELSE ? END + ?
         WHERE org_id = ?
        """,
        since,
        since,
        Times.micros(rate.spacing()),
        job.orgId());
    session.update(
        "UPDATE repository SET running = running + 1 WHERE org_id = ? AND repository = ?",
        job.orgId(),
        job.repositoryName());
  }

  /** A job that was held ended. */
  static void ended(Session session, String org, String repository) throws SQLException {
    session.update("UPDATE org SET running = running - 1 WHERE org_id = ?", org);
    released(session, org, repository);
  }

  /** A job that was held waits again, beyond what the tenant may queue if need be. */
  static void requeued(Session session, String org, String repository) throws SQLException {
    session.update(
        "UPDATE org SET running = running - 1, waiting = waiting + 1 WHERE org_id = ?", org);
    released(session, org, repository);
  }

  private static void released(Session session, String org, String repository) throws SQLException {
    session.update(
        "UPDATE repository SET running = running - 1 WHERE org_id = ? AND repository = ?",
        org,
        repository);
  }
}
