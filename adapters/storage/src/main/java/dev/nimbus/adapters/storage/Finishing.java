package dev.nimbus.adapters.storage;

import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.lease.Ending;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host's word that a job is over. */
record Finishing(Holder holder, Outcome outcome, Usage used, Instant now) {
  Ending run(Session session) throws SQLException {
    OneJob.lock(session, holder.host());
    session.dialect().lockOrgOf(session, holder.job().value());
    var ended = end(session);
    if (ended.isEmpty()) {
      return holder.notHeld(session, outcome.sentence());
    }
    var job = ended.get();
    OneJob.finished(session, holder.host(), job.lease.seq(), now);
    Endings.remember(session, job.lease, now, outcome.sentence());
    Counters.ended(session, job.org, job.repository);
    return new Ending.Recorded();
  }

  private Optional<Ended> end(Session session) throws SQLException {
    return session.first(
        """
        UPDATE job
           SET state = ?, revision = revision + 1, lease_until = NULL, exit_code = ?, reason = ?,
               ended_at = ?, cpu_millis = ?, peak_memory_bytes = ?
         WHERE job_id = ? AND host_id = ? AND fence = ? AND lease_until IS NOT NULL
        RETURNING org_id, repository, seq, leased_at, started_at
        """,
        this::read,
        Endings.word(outcome),
        outcome.exitCode(),
        outcome.reason(),
        now,
        known(used.cpu().toMillis()),
        known(used.peakMemoryBytes()),
        holder.job().value(),
        holder.host().value(),
        holder.fence().value());
  }

  private Ended read(Row row) throws SQLException {
    var org = row.text();
    var repository = row.text();
    var lease =
        new EndedLease(
            row.number(),
            holder.fence().value(),
            holder.host().value(),
            row.timeOrNull(),
            row.timeOrNull());
    return new Ended(org, repository, lease);
  }

  private static @Nullable Long known(long amount) {
    return amount > 0 ? amount : null;
  }

  private record Ended(String org, String repository, EndedLease lease) {}
}
