package dev.nimbus.adapters.storage;

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
      session.dialect().lockOrg(session, job.org().value());
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
            job.seq(),
            job.fence().value(),
            now);
  }

  private Expired expire(Session session, JobRow job) throws SQLException {
    Endings.remember(session, job, now, ENDING);
    var host = Held.of(job.state()).host();
    if (!job.cancelBy().isEmpty()) {
      end(session, job, Outcome.cancelled(job.cancelBy()));
      return new Expired.Cancelled(job.org(), job.id(), host, job.fence());
    }
    if (job.attempts() >= maxAttempts) {
      end(session, job, Outcome.dead("Lost by its host %d times".formatted(job.attempts())));
      return new Expired.GaveUp(job.org(), job.id(), host, job.fence());
    }
    Endings.requeue(session, job, true, now);
    return new Expired.Requeued(job.org(), job.id(), host, job.fence());
  }

  private void end(Session session, JobRow job, Outcome outcome) throws SQLException {
    Endings.end(session, job, outcome, now);
    Counters.ended(session, job.org(), job.repository());
  }
}
