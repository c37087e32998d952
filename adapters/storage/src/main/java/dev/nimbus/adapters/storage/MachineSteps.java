package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Report;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;

/** The steps of a machine's life. Each is a condition on the stage it is in. */
final class MachineSteps {
  private static final String WANTED = "stage IN ('asked', 'booting', 'ready')";

  private MachineSteps() {}

  /** Also keeps the id of one that is to go, because that is how it is ended. */
  static boolean launched(Session session, MachineName name, String providerId, Instant now)
      throws SQLException {
    return session
        .first(
            """
            UPDATE machine
               SET revision = revision
                     + CASE WHEN provider_id <> ? OR (launched_at IS NULL AND stage <> 'gone')
                            THEN 1 ELSE 0 END,
                   stage = CASE stage WHEN 'asked' THEN 'booting' ELSE stage END,
                   provider_id = ?, key_id = NULL, user_data = NULL,
                   launched_at = CASE WHEN launched_at IS NULL AND stage <> 'gone' THEN ?
                                      ELSE launched_at END
             WHERE name = ?
            RETURNING stage
            """,
            Row::text,
            providerId,
            providerId,
            now,
            name.value())
        .filter(MachineSteps::wanted)
        .isPresent();
  }

  /** Compares in a time that says nothing; which of the reasons it was says nothing either. */
  static boolean redeem(Session session, MachineName name, String ticket, Instant now)
      throws SQLException {
    return proves(session, name, ticket)
        && 1
            == session.update(
                "UPDATE machine SET redeemed_at = ?, revision = revision + 1"
                    + " WHERE name = ? AND redeemed_at IS NULL AND "
                    + WANTED,
                now,
                name.value());
  }

  /** One that is gone has no ticket any more, and an empty one proves nothing. */
  static boolean proves(Session session, MachineName name, String ticket) throws SQLException {
    var stored =
        session
            .first("SELECT ticket FROM machine WHERE name = ?", Row::text, name.value())
            .orElse("");
    return MessageDigest.isEqual(bytes(stored), bytes(ticket)) && !stored.isEmpty();
  }

  static boolean ready(Session session, MachineName name, Instant now) throws SQLException {
    return 1
        == session.update(
            "UPDATE machine"
                + " SET revision = revision + CASE stage WHEN 'ready' THEN 0 ELSE 1 END,"
                + " stage = 'ready', ready_at = coalesce(ready_at, ?) WHERE name = ? AND "
                + WANTED,
            now,
            name.value());
  }

  static boolean report(Session session, MachineName name, Report report) throws SQLException {
    return 1
        == session.update(
            """
            UPDATE machine
               SET revision = revision
                     + CASE WHEN report_state <> ? OR report_detail <> ? THEN 1 ELSE 0 END,
                   report_state = ?, report_detail = ?
             WHERE name = ? AND stage <> 'gone'
            """,
            report.state(),
            report.detail(),
            report.state(),
            report.detail(),
            name.value());
  }

  /** Locks the row first, as granting does, so that a lease granted meanwhile is seen. */
  static boolean retire(
      Session session, MachineName name, Machine.End end, boolean evenBusy, Instant now)
      throws SQLException {
    session.first("SELECT 1 FROM machine WHERE name = ? $lock", row -> true, name.value());
    return 1
        == session.update(
            "UPDATE machine SET stage = 'ending', end_cause = ?, end_why = ?, ending_at = ?,"
                + " key_id = NULL, user_data = NULL, revision = revision + 1 WHERE name = ? AND "
                + WANTED
                + (evenBusy ? "" : " AND NOT " + MachineRow.BUSY),
            end.cause().word(),
            end.why(),
            now,
            name.value());
  }

  static boolean gone(Session session, MachineName name, Instant now) throws SQLException {
    var org =
        session.first(
            """
            UPDATE machine
               SET stage = 'gone', gone_at = ?, ticket = '', revision = revision + 1
             WHERE name = ? AND stage = 'ending'
            RETURNING org_id
            """,
            Row::text,
            now,
            name.value());
    if (org.isPresent()) {
      Ledger.close(session, name);
      forgetHost(session, name, org.get());
    }
    return org.isPresent();
  }

  /** One that holds a lease is forgotten like any silent host, once its lease ran out. */
  private static void forgetHost(Session session, MachineName name, String org)
      throws SQLException {
    session.update(
        """
        DELETE FROM host
         WHERE host_id = ? AND org_id = ?
           AND NOT EXISTS (SELECT 1
                             FROM job
                            WHERE job.host_id = host.host_id AND lease_until IS NOT NULL)
        """,
        name.host().value(),
        org);
  }

  private static boolean wanted(String stage) {
    return !stage.equals("ending") && !stage.equals("gone");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
