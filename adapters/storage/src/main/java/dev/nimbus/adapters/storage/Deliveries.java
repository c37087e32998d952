package dev.nimbus.adapters.storage;

import dev.nimbus.core.storage.ForgeStore.Source;
import java.sql.SQLException;
import java.time.Instant;

/** What forges delivered, remembered so that a replay is known for one. */
final class Deliveries {
  private Deliveries() {}

  /** Remembers a delivery; false when it was seen before. */
  static boolean isNew(Session session, Source source, Instant now) throws SQLException {
    return source.asked()
        || 1
            == session.update(
                """
                INSERT INTO delivery (org_id, connection_id, delivery_id, received_at)
                VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                source.org().value(),
                source.connection().value(),
                source.deliveryId(),
                now);
  }

  /** Makes a delivery unseen that the same step remembered. */
  static void unsee(Session session, Source source) throws SQLException {
    session.update(
        "DELETE FROM delivery WHERE org_id = ? AND connection_id = ? AND delivery_id = ?",
        source.org().value(),
        source.connection().value(),
        source.deliveryId());
  }

  static int forget(Session session, Instant before, int limit) throws SQLException {
    return session.update(
        """
        DELETE FROM delivery
         WHERE (org_id, connection_id, delivery_id) IN
               (SELECT org_id, connection_id, delivery_id
                  FROM delivery
                 WHERE received_at < ?
                 ORDER BY received_at
                 LIMIT ?)
        """,
        before,
        limit);
  }
}
