package dev.nimbus.adapters.storage;

import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.lease.GivingBack;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The one job a machine runs. Its row is locked while its host is granted something and while it is
 * retired, so that these exclude each other; it is locked before any tenant is.
 */
final class OneJob {
  static final String ROOM =
      """
      SELECT CASE WHEN stage = 'ready' AND seq IS NULL THEN 1 ELSE 0 END
        FROM machine
       WHERE name = ? AND org_id = ?
      """;

  private OneJob() {}

  /** How many jobs the host may be granted now; the row of one that is a machine stays locked. */
  static int lockRoom(Session session, Offer offer) throws SQLException {
    return Math.min(offer.slots(), room(session, offer, " $lock"));
  }

  /** Whether the host may be granted anything now. */
  static boolean takes(Session session, Offer offer) throws SQLException {
    return room(session, offer, "") > 0;
  }

  /** Remembers which job the host was granted, if it is a machine. */
  static void granted(Session session, Offer offer, List<WholeJob> jobs, Instant now)
      throws SQLException {
    if (isMachine(offer.host()) && !jobs.isEmpty()) {
      session.update(
          "UPDATE machine SET seq = ?, worked_from = ? WHERE name = ? AND org_id = ?",
          jobs.getFirst().seq(),
          now,
          offer.host().value(),
          offer.org().value());
    }
  }

  /** Locks what {@link #finished} and {@link #returned} may change. */
  static void lock(Session session, HostId host) throws SQLException {
    if (isMachine(host)) {
      session.first("SELECT 1 FROM machine WHERE name = ? $lock", row -> true, host.value());
    }
  }

  /** Remembers that the job a machine was granted ended well, while it is there to pay for. */
  static void finished(Session session, HostId host, long job, Instant now) throws SQLException {
    if (isMachine(host)) {
      session.update(
          "UPDATE machine SET worked_until = ? WHERE name = ? AND seq = ? AND stage <> 'gone'",
          now,
          host.value(),
          job);
    }
  }

  /** A machine whose job never started, for no fault of its own, may be granted another. */
  static void returned(Session session, HostId host, JobRow job, GivingBack how)
      throws SQLException {
    var unused = !(how instanceof GivingBack.Failed) && job.columns().startedAt() == null;
    if (unused && isMachine(host)) {
      session.update(
          "UPDATE machine SET seq = NULL, worked_from = NULL WHERE name = ? AND seq = ?",
          host.value(),
          job.lasting().seq());
    }
  }

  private static int room(Session session, Offer offer, String locking) throws SQLException {
    return isMachine(offer.host())
        ? session
            .first(ROOM + locking, Row::count, offer.host().value(), offer.org().value())
            .orElse(Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }

  /** Whether it may be a machine of ours, by its name. */
  static boolean isMachine(HostId host) {
    return MachineName.fits(host.value());
  }
}
