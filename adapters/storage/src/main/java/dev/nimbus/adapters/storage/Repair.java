package dev.nimbus.adapters.storage;

import java.sql.SQLException;

/** Recounts what is derived from the table job. */
final class Repair {
  private static final String WAITING =
      "(SELECT count(*) FROM job WHERE job.org_id = org.org_id AND state = 'waiting')";
  private static final String RUNNING =
      """
      (SELECT count(*) FROM job
        WHERE job.org_id = org.org_id AND state IN ('leased', 'running'))
      """;
  private static final String RUNNING_OF_REPOSITORY =
      """
      (SELECT count(*) FROM job
        WHERE job.org_id = repository.org_id AND job.repository = repository.repository
          AND state IN ('leased', 'running'))
      """;
  private static final String HEAD =
      "(SELECT min(seq) FROM job WHERE job.lane_id = lane.lane_id AND state = 'waiting')";

  private Repair() {}

  /** Whether there is anything to do; cheap for the writer because readers find out. */
  static boolean needed(Session session) throws SQLException {
    return session.number(
            "SELECT (SELECT count(*) FROM org WHERE waiting <> "
                + WAITING
                + " OR running <> "
                + RUNNING
                + ") + (SELECT count(*) FROM repository WHERE running <> "
                + RUNNING_OF_REPOSITORY
                + ") + (SELECT count(*) FROM lane WHERE head IS NULL OR head IS DISTINCT FROM "
                + HEAD
                + ")")
        > 0;
  }

  /** Corrects every count that is wrong and returns how many were; removes lanes nobody uses. */
  static int run(Session session) throws SQLException {
    session.dialect().lockGranting(session);
    session.dialect().lockOrgs(session);
    var wrong =
        session.update(
            "UPDATE org SET waiting = %s, running = %s WHERE waiting <> %s OR running <> %s"
                .formatted(WAITING, RUNNING, WAITING, RUNNING));
    wrong +=
        session.update(
            "UPDATE repository SET running = %s WHERE running <> %s"
                .formatted(RUNNING_OF_REPOSITORY, RUNNING_OF_REPOSITORY));
    wrong +=
        session.update(
            "UPDATE lane SET head = %s WHERE head IS DISTINCT FROM %s".formatted(HEAD, HEAD));
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
