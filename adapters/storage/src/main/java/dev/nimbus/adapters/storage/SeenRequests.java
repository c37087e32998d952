package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.Once;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Requests by the keys of their callers, and what each made, for a day. */
final class SeenRequests {
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private SeenRequests() {}

  /** Takes a key for a request; empty when it is free, and otherwise who had it before. */
  static Optional<Seen> take(Session session, OrgId org, Once once, Instant now)
      throws SQLException {
    session.update("DELETE FROM seen_request WHERE forgotten_at <= ?", now);
    var free =
        session.update(
            """
            INSERT INTO seen_request (org_id, once_key, digest, made, forgotten_at)
            VALUES (?, ?, ?, '', ?)
            ON CONFLICT DO NOTHING
            """,
            org.value(),
            once.key(),
            once.digest(),
            now.plus(REMEMBERED));
    return free == 1 ? Optional.empty() : Optional.of(earlier(session, org, once));
  }

  /** Notes what the request that took a key has made. */
  static void made(Session session, OrgId org, Once once, String made) throws SQLException {
    session.update(
        "UPDATE seen_request SET made = ? WHERE org_id = ? AND once_key = ?",
        made,
        org.value(),
        once.key());
  }

  private static Seen earlier(Session session, OrgId org, Once once) throws SQLException {
    return session
        .first(
            "SELECT digest, made FROM seen_request WHERE org_id = ? AND once_key = ?",
            row -> new Seen(row.text().equals(once.digest()), row.text()),
            org.value(),
            once.key())
        .orElseThrow();
  }

  /**
   * An earlier request under a key.
   *
   * @param same whether it was the same request
   */
  record Seen(boolean same, String made) {}
}
