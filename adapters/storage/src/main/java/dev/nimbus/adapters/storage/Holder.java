package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.Renewal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** A host that says it holds a job under a fence; every statement here asks whether it does. */
record Holder(HostId host, JobId job, Fence fence) {
  Renewal started(Session session, Instant until, Instant now) throws SQLException {
    var cancelling =
        session.first(
            """
            UPDATE job
               SET revision = revision + CASE WHEN state = 'leased' THEN 1 ELSE 0 END,
                   state = 'running', started_at = coalesce(started_at, ?), lease_until = ?
             WHERE job_id = ? AND host_id = ? AND fence = ? AND lease_until IS NOT NULL
            RETURNING cancel_by
            """,
            row -> row.textOrNull() != null,
            now,
            until,
            job.value(),
            host.value(),
            fence.value());
    return cancelling.isPresent()
        ? new Renewal.Renewed(until, cancelling.get())
        : new Renewal.Lost(whyLost(session));
  }

  Renewal renew(Session session, Instant until) throws SQLException {
    var cancelling =
        session.first(
            """
            UPDATE job
               SET lease_until = ?
             WHERE job_id = ? AND host_id = ? AND fence = ? AND lease_until IS NOT NULL
            RETURNING cancel_by
            """,
            row -> row.textOrNull() != null,
            until,
            job.value(),
            host.value(),
            fence.value());
    return cancelling.isPresent()
        ? new Renewal.Renewed(until, cancelling.get())
        : new Renewal.Lost(whyLost(session));
  }

  /** The job, if it is held like this. */
  Optional<JobRow> held(Session session) throws SQLException {
    session.dialect().lockOrgOf(session, job.value());
    return session.first(
        "SELECT "
            + JobRow.COLUMNS
            + """
              FROM job
             WHERE job_id = ? AND host_id = ? AND fence = ? AND lease_until IS NOT NULL
            """,
        JobRow::read,
        job.value(),
        host.value(),
        fence.value());
  }

  /** What to answer when it is not: the ending may be one that was recorded before. */
  Ending notHeld(Session session, String ending) throws SQLException {
    return session
        .first(
            """
            SELECT fence,
                   (SELECT count(*)
                      FROM attempt a
                     WHERE a.seq = job.seq AND a.fence = ? AND a.host_id = ? AND a.ending = ?)
              FROM job
             WHERE job_id = ?
            """,
            row -> answer(new Fence(row.number()), row.number() > 0),
            fence.value(),
            host.value(),
            ending,
            job.value())
        .orElseGet(Ending.Unknown::new);
  }

  private static Ending answer(Fence current, boolean recorded) {
    return recorded ? new Ending.AlreadyRecorded() : new Ending.Stale(current);
  }

  private String whyLost(Session session) throws SQLException {
    return session
        .first("SELECT " + JobRow.COLUMNS + " FROM job WHERE job_id = ?", JobRow::read, job.value())
        .map(this::whyLost)
        .orElse("There is no such job");
  }

  private String whyLost(JobRow now) {
    return switch (now.state()) {
      case JobState.Waiting _ -> "The lease under fence %s ran out; the job waits".formatted(fence);
      case JobState.Leased(var by, _, _, _) -> heldNow(by, now.lasting().fence());
      case JobState.Running(var by, _, _, _, _) -> heldNow(by, now.lasting().fence());
      case JobState.Ended _ -> "The job is over: " + now.state().word();
    };
  }

  private String heldNow(HostId by, Fence current) {
    return "The job is held by host '%s' under fence %s, not by '%s' under %s"
        .formatted(by, current, host, fence);
  }
}
