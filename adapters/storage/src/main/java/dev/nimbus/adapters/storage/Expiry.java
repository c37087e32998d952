package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Expired;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The end of leases that ran out. */
record Expiry(int maxAttempts, int limit, Instant now) {
  private static final String ENDING = "the lease ran out";

  List<Expired> run(Session session) throws SQLException {
    session.dialect().lockGranting(session);
    var overdue =
        session.all(
            "SELECT "
                + JobRow.COLUMNS
                + " FROM job WHERE lease_until <= ? ORDER BY lease_until, seq LIMIT ?",
            JobRow::read,
            now,
            limit);
    var expired = new ArrayList<Expired>();
    for (var job : overdue) {
      session.dialect().lockOrg(session, job.lasting().orgId());
      if (stillOverdue(session, job)) {
        expired.add(expire(session, job));
      }
    }
    return expired;
  }

  /** Takes the job, unless its host finished or renewed since it was read. */
  private boolean stillOverdue(Session session, JobRow job) throws SQLException {
    return 1
        == session.update(
            "UPDATE job SET lease_until = ? WHERE seq = ? AND fence = ? AND lease_until <= ?",
            now,
            job.lasting().seq(),
            job.lasting().fenceValue(),
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
}
