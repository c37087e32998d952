package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.storage.JobStore.Retry;
import java.sql.SQLException;
import java.time.Instant;

/** Somebody's wish that an ended job should run once more. */
record Retrying(OrgId org, JobId id, Instant now) {
  Retry run(Session session) throws SQLException {
    session.dialect().lockOrg(session, org.value());
    var found = SqlJobStore.find(session, org, id);
    if (found.isEmpty()) {
      return new Retry.Unknown();
    }
    var job = found.get().row();
    return switch (job.state()) {
      case JobState.Ended(var outcome, _) when outcome.conclusion() == Conclusion.REJECTED ->
          new Retry.Refused(outcome.reason());
      case JobState.Ended _ -> queue(session, job);
      case JobState.Waiting _, JobState.Leased _, JobState.Running _ ->
          new Retry.NotEnded(job.state().word());
    };
  }

  private Retry queue(Session session, JobRow job) throws SQLException {
    if (!Counters.queued(session, org)) {
      return new Retry.Full("the tenant has as many jobs waiting as it may");
    }
    var lane =
        Lanes.openBounded(session, org, job.lasting().repository(), job.lasting().requirements());
    if (lane.isEmpty()) {
      Counters.unqueued(session, org);
      return new Retry.Full(Lanes.FULL);
    }
    session.update(
        """
        UPDATE job
           SET state = 'waiting', revision = revision + 1, lane_id = ?, queued_at = ?,
               attempts = 0, host_id = NULL, leased_at = NULL, started_at = NULL,
               cancel_by = NULL, exit_code = NULL, reason = NULL, ended_at = NULL
         WHERE org_id = ? AND seq = ? AND ended_at IS NOT NULL
        """,
        lane.get().id(),
        now,
        org.value(),
        job.lasting().seq());
    Lanes.joined(session, lane.get(), job.lasting().seq());
    return new Retry.Queued(SqlJobStore.find(session, org, id).orElseThrow().job());
  }
}
