package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Expired;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of leases that ran out. */
record Expiry(int maxAttempts, int limit, Instant now) {
  private static final String ENDING = "the lease ran out";

  /** Looks through the index of held jobs, which is cheaper than one more index to keep. */
  static final String OVERDUE =
      """
      SELECT seq, org_id, fence
        FROM job
       WHERE seq IN (SELECT seq FROM job WHERE lease_until <= ?)
       ORDER BY lease_until, seq
       LIMIT ?
      """;

  List<Expired> run(Session session) throws SQLException {
    session.dialect().lockGranting(session);
    var expired = new ArrayList<Expired>();
    for (var lease : overdue(session)) {
      session.dialect().lockOrg(session, lease.org);
      var job = take(session, lease);
      if (job.isPresent()) {
        expired.add(expire(session, job.get()));
      }
    }
    return expired;
  }

  private List<Overdue> overdue(Session session) throws SQLException {
    return session.all(
        OVERDUE, row -> new Overdue(row.number(), row.text(), row.number()), now, limit);
  }

  /** The job as it is now, unless its host finished or renewed since it was found. */
  private Optional<JobRow> take(Session session, Overdue lease) throws SQLException {
    return session.first(
        """
        UPDATE job
           SET lease_until = ?
         WHERE seq = ? AND fence = ? AND lease_until <= ?
        RETURNING\s"""
            + JobRow.COLUMNS,
        JobRow::read,
        now,
        lease.seq,
        lease.fence,
        now);
  }

  private Expired expire(Session session, JobRow row) throws SQLException {
    Endings.remember(session, row, now, ENDING);
    var job = row.lasting();
    var host = new HostId(String.valueOf(row.columns().host()));
    if (!row.cancelBy().isEmpty()) {
      end(session, row, Outcome.cancelled(row.cancelBy()));
      return new Expired.Cancelled(job.org(), job.id(), host, job.fence());
    }
    if (job.attempts() >= maxAttempts) {
      end(session, row, Outcome.dead("Lost by its host %d times".formatted(job.attempts())));
      return new Expired.GaveUp(job.org(), job.id(), host, job.fence());
    }
    Endings.requeue(session, row, true, now);
    return new Expired.Requeued(job.org(), job.id(), host, job.fence());
  }

  private void end(Session session, JobRow row, Outcome outcome) throws SQLException {
    Endings.end(session, row, outcome, now);
    Counters.ended(session, row.lasting().orgId(), row.lasting().repositoryName());
  }

  private record Overdue(long seq, String org, long fence) {}
}
