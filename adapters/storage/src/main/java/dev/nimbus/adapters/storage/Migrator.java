package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a schema up to date, one migration per transaction. A database that is newer than this
 * program, or was changed by other means, is refused and left alone.
 */
final class Migrator {
  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

  private final Connection connection;
  private final Dialect dialect;
  private final String database;

  Migrator(Connection connection, Dialect dialect, String database) {
    this.connection = connection;
    this.dialect = dialect;
    this.database = database;
  }

  void run() throws SQLException {
    var known = Migration.all(dialect);
    if (applied(known) == known.size()) {
      return;
    }
    connection.setAutoCommit(false);
    try {
      dialect.lockSchema(connection);
      for (var migration : known.subList(applied(known), known.size())) {
        apply(migration);
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** How many of the known migrations are in, after checking that they are the same ones. */
  private int applied(List<Migration> known) throws SQLException {
    var used =
        dialect.hasTable(connection, "job"); // First: whoever migrates now makes both at once.
    if (!dialect.hasTable(connection, "schema_version")) {
      return empty(used);
    }
    var count = 0;
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT version, checksum FROM schema_version ORDER BY version")) {
      while (result.next()) {
        check(known, ++count, result.getInt(1), result.getString(2));
      }
    }
    return count;
  }

  private int empty(boolean used) {
    if (used) {
      throw refused("it has tables that Nimbus did not make");
    }
    return 0;
  }

  private void check(List<Migration> known, int count, int version, String checksum) {
    if (version > known.size()) {
      throw refused(
          "its schema has version %d and this Nimbus knows %d; use the newer Nimbus again, or"
                  .formatted(version, known.size())
              + " restore a backup from before the upgrade");
    }
    if (version != count || !known.get(count - 1).checksum().equals(checksum)) {
      throw refused("its migration " + version + " is not the one this Nimbus knows");
    }
  }

  private void apply(Migration migration) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var sql : migration.statements()) {
        statement.execute(sql);
      }
    }
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO schema_version (version, name, checksum) VALUES (?, ?, ?)")) {
      insert.setInt(1, migration.version());
      insert.setString(2, migration.name());
      insert.setString(3, migration.checksum());
      insert.executeUpdate();
    }
    LOG.info("Migrated the schema database={} migration={}", database, migration.name());
  }

  private NimbusException refused(String why) {
    return new NimbusException(
        Kind.CONFLICT, "Cannot open database '%s': %s".formatted(database, why));
  }
}
