package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Outcome;
import java.sql.SQLException;
import java.time.Instant;

/** The end of a connection, of what its forge said, and of the jobs that wait to serve it. */
record Disconnecting(OrgId org, ConnectionName name, Instant now) {
  boolean run(Session session) throws SQLException {
    session.dialect().lockOrg(session, org.value());
    var id =
        session.first(
            "DELETE FROM connection WHERE org_id = ? AND name = ? RETURNING connection_id",
            Row::text,
            org.value(),
            name.value());
    if (id.isEmpty()) {
      return false;
    }
    cancelWaiting(session, id.get());
    for (var table : new String[] {"forge_job", "forge_runner", "delivery"}) {
      session.update(
          "DELETE FROM " + table + " WHERE org_id = ? AND connection_id = ?",
          org.value(),
          id.get());
    }
    return true;
  }

  private void cancelWaiting(Session session, String connection) throws SQLException {
    var outcome = Outcome.calledOff("Connection '" + name + "' to its forge was removed");
    var waiting =
        session.all(
            "SELECT "
                + JobRow.COLUMNS
                + """
                  FROM job
                 WHERE org_id = ? AND state = 'waiting'
                   AND seq IN (SELECT seq
                                 FROM forge_job
                                WHERE org_id = ? AND connection_id = ? AND seq IS NOT NULL
                                  AND stage <> 'finished')
                """,
            JobRow::read,
            org.value(),
            org.value(),
            connection);
    for (var job : waiting) {
      Endings.endWaiting(session, job, outcome, now);
    }
  }
}
