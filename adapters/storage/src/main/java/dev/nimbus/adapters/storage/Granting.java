package dev.nimbus.adapters.storage;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.org.JobRate;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One host's wish for work, served while it has slots and room. */
record Granting(Offer offer, JobRate rate, Instant now, Instant until) {
  private static final int MOST_TRIES = 20;

  /** The oldest job that fits of the tenant whose turn it is; the end bounds which tenants. */
  private static final String PICK =
      """
      SELECT %s
        FROM org o CROSS JOIN lane l CROSS JOIN repository r
       WHERE o.waiting > 0 AND o.running < o.max_running AND o.used_until <= ?
         AND l.org_id = o.org_id AND l.head IS NOT NULL AND l.not_before <= ?
         AND l.milli_cpus <= ? AND l.memory_bytes <= ?
         AND r.org_id = l.org_id AND r.repository = l.repository
         AND r.running < o.max_running_per_repository
         AND (l.labels = ''
              OR NOT EXISTS (SELECT 1
                               FROM lane_label x
                              WHERE x.lane_id = l.lane_id AND $find(?, x.label) = 0))
         %s
       ORDER BY o.turn, l.head
       LIMIT 1
      """;

  private static final String OF_ONE = "AND o.org_id = ?";
  private static final String PICK_ORG = PICK.formatted("o.org_id", "") + "FOR UPDATE OF o";
  private static final String PICK_ORG_OF_ONE =
      PICK.formatted("o.org_id", OF_ONE) + "FOR UPDATE OF o";
  static final String GRANT = grant(PICK.formatted("l.head", ""));
  static final String GRANT_OF_ONE = grant(PICK.formatted("l.head", OF_ONE));

  List<WholeJob> run(Session session) throws SQLException {
    var slots = OneJob.lockRoom(session, offer);
    if (slots == 0) {
      return List.of();
    }
    session.dialect().lockGranting(session);
    var granted = new ArrayList<WholeJob>();
    var free = offer.free();
    while (granted.size() < slots) {
      var next = next(session, free);
      if (next.isEmpty()) {
        break;
      }
      granted.add(next.get());
      free = free.minus(next.get().row().lasting().size());
    }
    OneJob.granted(session, offer, granted, now);
    return granted;
  }

  private Optional<WholeJob> next(Session session, Size free) throws SQLException {
    var granted =
        session.dialect().manyWriters() ? afterLocking(session, free) : atOnce(session, free);
    if (granted.isPresent()) {
      var job = granted.get().row().lasting();
      Lanes.left(session, job.lane(), job.seq());
      Counters.granted(session, job, rate, now);
    }
    return granted;
  }

  private Optional<WholeJob> atOnce(Session session, Size free) throws SQLException {
    return offer.sharing() == Host.Sharing.OWN
        ? grant(session, free, offer.org().value())
        : session.first(
            GRANT,
            this::read,
            offer.host().value(),
            now,
            until,
            most(),
            now,
            free.milliCpus(),
            free.memoryBytes(),
            StoredLabels.text(offer.labels()));
  }

  /**
   * Locks the tenant whose turn it seems to be before granting, because only statements that begin
   * later see all that others did to its queue. If it has nothing any more, the next one is tried.
   */
  private Optional<WholeJob> afterLocking(Session session, Size free) throws SQLException {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      var org = lockNext(session, free);
      if (org.isEmpty()) {
        return Optional.empty();
      }
      var granted = grant(session, free, org.get());
      if (granted.isPresent()) {
        return granted;
      }
    }
    return Optional.empty();
  }

  private Instant most() {
    return rate.unlimited() ? Times.LATEST : Times.stored(rate.most(now));
  }

  private Optional<String> lockNext(Session session, Size free) throws SQLException {
    return offer.sharing() == Host.Sharing.OWN
        ? session.first(
            PICK_ORG_OF_ONE,
            Row::text,
            most(),
            now,
            free.milliCpus(),
            free.memoryBytes(),
            StoredLabels.text(offer.labels()),
            offer.org().value())
        : session.first(
            PICK_ORG,
            Row::text,
            most(),
            now,
            free.milliCpus(),
            free.memoryBytes(),
            StoredLabels.text(offer.labels()));
  }

  private Optional<WholeJob> grant(Session session, Size free, String org) throws SQLException {
    return session.first(
        GRANT_OF_ONE,
        this::read,
        offer.host().value(),
        now,
        until,
        most(),
        now,
        free.milliCpus(),
        free.memoryBytes(),
        StoredLabels.text(offer.labels()),
        org);
  }

  private WholeJob read(Row row) throws SQLException {
    var columns = StateColumns.leased(offer.host().value(), now, until);
    return new WholeJob(new JobRow(LastingColumns.read(row), columns), row.text());
  }

  private static String grant(String pick) {
    return """
        UPDATE job
           SET state = 'leased', revision = revision + 1, fence = fence + 1,
               attempts = attempts + 1, host_id = ?, leased_at = ?, started_at = NULL,
               lease_until = ?
         WHERE state = 'waiting' AND seq = (%s)
        RETURNING\s"""
            .formatted(pick)
        + LastingColumns.COLUMNS
        + ", "
        + WholeJob.SPEC;
  }
}
