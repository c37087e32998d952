package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.storage.JobStore.Cancel;
import java.sql.SQLException;
import java.time.Instant;

/** Somebody's wish that a job should stop. */
record Cancelling(OrgId org, JobId id, String by, Instant now) {
  Cancel run(Session session) throws SQLException {
    session.dialect().lockOrg(session, org.value());
    var found = SqlJobStore.find(session, org, id);
    if (found.isEmpty()) {
      return new Cancel.Unknown();
    }
    var job = found.get().row();
    return switch (job.state()) {
      case JobState.Waiting _ -> {
        Endings.endWaiting(session, job, Outcome.cancelled(by), now);
        yield new Cancel.Cancelled();
      }
      case JobState.Leased _, JobState.Running _ -> ask(session);
      case JobState.Ended(var outcome, _) -> new Cancel.AlreadyEnded(outcome);
    };
  }

  private Cancel ask(Session session) throws SQLException {
    session.update(
        """
        UPDATE job
           SET cancel_by = ?, revision = revision + 1
         WHERE org_id = ? AND job_id = ? AND cancel_by IS NULL
        """,
        by,
        org.value(),
        id.value());
    return new Cancel.Asked();
  }
}
