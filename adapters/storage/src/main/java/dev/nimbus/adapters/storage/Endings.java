package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Writes that end a lease or a job. Callers hold the tenant's lock and keep its counters. */
final class Endings {
  private Endings() {}

  /** Ends a job for good, unless somebody changed it since it was read. */
  static boolean end(Session session, JobRow job, Outcome outcome, Instant now)
      throws SQLException {
    return 1
        == session.update(
            """
            UPDATE job
               SET state = ?, revision = revision + 1, lease_until = NULL, exit_code = ?,
                   reason = ?, ended_at = ?
             WHERE seq = ? AND fence = ? AND ended_at IS NULL
            """,
            word(outcome),
            outcome.exitCode(),
            outcome.reason(),
            now,
            job.lasting().seq(),
            job.lasting().fenceValue());
  }

  /** Ends a job that waits and takes it out of the queue. */
  static void endWaiting(Session session, JobRow job, Outcome outcome, Instant now)
      throws SQLException {
    end(session, job, outcome, now);
    Lanes.left(session, job.lasting().lane(), job.lasting().seq());
    Counters.unqueued(session, job.lasting().org());
  }

  /** Returns a held job to its place in the queue. */
  static void requeue(Session session, JobRow row, boolean counts, Instant now)
      throws SQLException {
    var job = row.lasting();
    var lane = Lanes.open(session, job.org(), job.repository(), job.requirements());
    requeue(session, row, lane, counts, now);
  }

  /** Returns a held job to its place in the queue, to be granted to nobody for a while. */
  static void postpone(Session session, JobRow row, Duration pause, Instant now)
      throws SQLException {
    var job = row.lasting();
    var until = Times.stored(now.plus(pause));
    var lane = Lanes.openPostponed(session, job.org(), job.repository(), job.requirements(), until);
    requeue(session, row, lane, false, now);
  }

  /** What does not count as an attempt does not count as time either: it waits since it did. */
  private static void requeue(Session session, JobRow row, Lane lane, boolean counts, Instant now)
      throws SQLException {
    var job = row.lasting();
    session.update(
        """
        UPDATE job
           SET state = 'waiting', revision = revision + 1, lane_id = ?,
               queued_at = CASE ? WHEN 0 THEN ? ELSE queued_at END,
               attempts = attempts - ?, host_id = NULL, leased_at = NULL, started_at = NULL,
               lease_until = NULL
         WHERE seq = ? AND fence = ? AND lease_until IS NOT NULL
        """,
        lane.id(),
        counts ? 0 : 1,
        now,
        counts ? 0 : 1,
        job.seq(),
        job.fenceValue());
    Lanes.joined(session, lane, job.seq());
    Counters.requeued(session, job.orgId(), job.repositoryName());
  }

  /** Remembers a lease that has just ended. */
  static void remember(Session session, JobRow job, Instant now, String ending)
      throws SQLException {
    remember(session, EndedLease.of(job), now, ending);
  }

  static void remember(Session session, EndedLease lease, Instant now, String ending)
      throws SQLException {
    session.update(
        """
        INSERT INTO attempt (seq, fence, host_id, leased_at, started_at, ended_at, ending)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        lease.seq(),
        lease.fence(),
        lease.host(),
        lease.leasedAt(),
        lease.startedAt(),
        now,
        ending);
  }

  static String word(Outcome outcome) {
    return outcome.conclusion().name().toLowerCase(Locale.ROOT);
  }
}
