package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.ConnectionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Connections in the table connection. */
final class SqlConnectionStore implements ConnectionStore {
  private static final String SELECT =
      """
      SELECT org_id, connection_id, name, kind, settings, key_id, secrets, changed_at, revision
        FROM connection
      """;

  private final Database database;

  SqlConnectionStore(Database database) {
    this.database = database;
  }

  @Override
  public Connection apply(Connection connection, Instant now) {
    return database.write(
        "apply connection", connection.name(), session -> apply(session, connection, now));
  }

  @Override
  public Optional<Connection> find(OrgId org, ConnectionName name) {
    return database.read("find connection", name, session -> find(session, org, name));
  }

  @Override
  public Optional<Connection> find(ConnectionId id) {
    return database.read(
        "find connection",
        id,
        session ->
            session.first(
                SELECT + " WHERE connection_id = ?", SqlConnectionStore::read, id.value()));
  }

  @Override
  public List<Connection> list(OrgId org) {
    return database.read(
        "list connections of tenant",
        org,
        session ->
            session.all(
                SELECT + " WHERE org_id = ? ORDER BY name", SqlConnectionStore::read, org.value()));
  }

  @Override
  public List<Connection> all() {
    return database.read(
        "list",
        "connections",
        session -> session.all(SELECT + " ORDER BY org_id, name", SqlConnectionStore::read));
  }

  @Override
  public boolean remove(OrgId org, ConnectionName name, Instant now) {
    var removing = new Disconnecting(org, name, Times.stored(now));
    return database.write("remove connection", name, removing::run);
  }

  static Optional<Connection> find(Session session, OrgId org, ConnectionName name)
      throws SQLException {
    return session.first(
        SELECT + " WHERE org_id = ? AND name = ?",
        SqlConnectionStore::read,
        org.value(),
        name.value());
  }

  private static Connection apply(Session session, Connection wanted, Instant now)
      throws SQLException {
    Counters.know(session, wanted.org());
    session.dialect().lockOrg(session, wanted.org().value());
    var before = find(session, wanted.org(), wanted.name());
    if (before.isPresent() && before.get().sameContent(wanted)) {
      return before.get();
    }
    if (before.isPresent()) {
      change(session, wanted, now);
    } else if (insert(session, wanted, now) == 0) {
      throw new NimbusException(
          Kind.CONFLICT,
          "Cannot apply connection '%s': another one has the id '%s'"
              .formatted(wanted.name(), wanted.id()));
    }
    return find(session, wanted.org(), wanted.name()).orElseThrow();
  }

  private static int insert(Session session, Connection connection, Instant now)
      throws SQLException {
    return session.update(
        """
        INSERT INTO connection (connection_id, org_id, name, kind, settings, key_id, secrets,
                                changed_at, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
        ON CONFLICT DO NOTHING
        """,
        connection.id().value(),
        connection.org().value(),
        connection.name().value(),
        connection.kind().word(),
        StoredConnection.text(connection),
        connection.secrets().keyId(),
        connection.secrets().text(),
        now);
  }

  private static void change(Session session, Connection connection, Instant now)
      throws SQLException {
    session.update(
        """
        UPDATE connection
           SET kind = ?, settings = ?, key_id = ?, secrets = ?, changed_at = ?,
               revision = revision + 1
         WHERE org_id = ? AND name = ?
        """,
        connection.kind().word(),
        StoredConnection.text(connection),
        connection.secrets().keyId(),
        connection.secrets().text(),
        now,
        connection.org().value(),
        connection.name().value());
  }

  private static Connection read(Row row) throws SQLException {
    var org = new OrgId(row.text());
    var id = new ConnectionId(row.text());
    var name = new ConnectionName(row.text());
    var kind = ForgeKind.parse(row.text());
    var settings = StoredConnection.read(row.text());
    return new Connection(
        org,
        id,
        name,
        kind,
        settings.url(),
        settings.owner(),
        settings.repositories(),
        Connection.options(settings.options()),
        new Sealed(row.text(), row.text()),
        row.time(),
        row.number());
  }
}
