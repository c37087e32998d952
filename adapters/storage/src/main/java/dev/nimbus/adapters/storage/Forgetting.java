package dev.nimbus.adapters.storage;

import java.sql.SQLException;
import java.time.Instant;

/** Removes jobs that ended long ago, with all that belongs to them. */
final class Forgetting {
  private Forgetting() {}

  static int run(Session session, Instant endedBefore, int limit) throws SQLException {
    session.dialect().lockGranting(session);
    var old =
        session.all(
            """
            DELETE FROM job
             WHERE seq IN (SELECT seq
                             FROM job
                            WHERE ended_at < ?
                            ORDER BY ended_at, seq
                            LIMIT ?)
               AND ended_at IS NOT NULL
            RETURNING seq
            """,
            Row::number,
            endedBefore,
            limit);
    for (var seq : old) {
      session.update("DELETE FROM job_spec WHERE seq = ?", seq);
      session.update("DELETE FROM job_metadata WHERE seq = ?", seq);
      session.update("DELETE FROM attempt WHERE seq = ?", seq);
      ForgeJobs.forgetServing(session, seq);
    }
    return old.size();
  }
}
