package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.Outcome;
import java.sql.SQLException;
import java.time.Instant;

/** The wish to end a job that waits, as it was seen to. */
record Abandoning(Job seen, Outcome outcome, Instant now) {
  boolean run(Session session) throws SQLException {
    session.dialect().lockOrg(session, seen.org().value());
    var ended =
        session.first(
            """
            UPDATE job
               SET state = ?, revision = revision + 1, exit_code = ?, reason = ?, ended_at = ?
             WHERE org_id = ? AND job_id = ? AND state = 'waiting' AND revision = ?
            RETURNING\s"""
                + LastingColumns.COLUMNS,
            LastingColumns::read,
            Endings.word(outcome),
            outcome.exitCode(),
            outcome.reason(),
            now,
            seen.org().value(),
            seen.id().value(),
            seen.revision());
    if (ended.isEmpty()) {
      return false;
    }
    Lanes.left(session, ended.get().lane(), ended.get().seq());
    Counters.unqueued(session, seen.org());
    return true;
  }
}
