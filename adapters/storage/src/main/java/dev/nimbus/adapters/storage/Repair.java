package dev.nimbus.adapters.storage;

import java.sql.SQLException;

/** Recounts what is derived from the table job. */
final class Repair {
  /** What the counters of tenants should be. */
  private static final String TENANTS =
      """
      (SELECT o.org_id, coalesce(w.jobs, 0) AS waiting, coalesce(h.jobs, 0) AS running
         FROM org o
         LEFT JOIN (SELECT l.org_id, count(*) AS jobs
                      FROM lane l JOIN job j ON j.lane_id = l.lane_id AND j.state = 'waiting'
                     GROUP BY l.org_id) w ON w.org_id = o.org_id
         LEFT JOIN (SELECT org_id, count(*) AS jobs
                      FROM job
                     WHERE lease_until IS NOT NULL
                     GROUP BY org_id) h ON h.org_id = o.org_id) AS real
      """;

  /** What the counters of repositories should be. */
  private static final String REPOSITORIES =
      """
      (SELECT r.org_id, r.repository, coalesce(h.jobs, 0) AS running
         FROM repository r
         LEFT JOIN (SELECT org_id, repository, count(*) AS jobs
                      FROM job
                     WHERE lease_until IS NOT NULL
                     GROUP BY org_id, repository) h
                ON h.org_id = r.org_id AND h.repository = r.repository) AS real
      """;

  private static final String WRONG_TENANT =
      " real.org_id = org.org_id"
          + " AND (org.waiting <> real.waiting OR org.running <> real.running)";
  private static final String WRONG_REPOSITORY =
      " real.org_id = repository.org_id AND real.repository = repository.repository"
          + " AND repository.running <> real.running";
  private static final String HEAD =
      "(SELECT min(seq) FROM job WHERE job.lane_id = lane.lane_id AND state = 'waiting')";

  private Repair() {}

  /** Whether there is anything to do, which readers find out so that the writer is not held up. */
  static boolean needed(Session session) throws SQLException {
    return session.number("SELECT count(*) FROM org, " + TENANTS + " WHERE" + WRONG_TENANT) > 0
        || session.number(
                "SELECT count(*) FROM repository, " + REPOSITORIES + " WHERE" + WRONG_REPOSITORY)
            > 0
        || session.number(
                "SELECT count(*) FROM lane WHERE head IS NULL OR head IS DISTINCT FROM " + HEAD)
            > 0;
  }

  /** Corrects every count that is wrong and returns how many were; removes lanes nobody uses. */
  static int run(Session session) throws SQLException {
    session.dialect().lockGranting(session);
    session.dialect().lockOrgs(session);
    var wrong =
        session.update("UPDATE lane SET head = " + HEAD + " WHERE head IS DISTINCT FROM " + HEAD);
    wrong +=
        session.update(
            "UPDATE org SET waiting = real.waiting, running = real.running FROM "
                + TENANTS
                + " WHERE"
                + WRONG_TENANT);
    wrong +=
        session.update(
            "UPDATE repository SET running = real.running FROM "
                + REPOSITORIES
                + " WHERE"
                + WRONG_REPOSITORY);
    tidy(session);
    return wrong;
  }

  private static void tidy(Session session) throws SQLException {
    session.update(
        "DELETE FROM lane_label WHERE lane_id IN (SELECT lane_id FROM lane WHERE head IS NULL)");
    session.update("DELETE FROM lane WHERE head IS NULL");
    session.update(
        """
        DELETE FROM repository
         WHERE running = 0
           AND NOT EXISTS (SELECT 1
                             FROM lane
                            WHERE lane.org_id = repository.org_id
                              AND lane.repository = repository.repository)
        """);
  }
}
