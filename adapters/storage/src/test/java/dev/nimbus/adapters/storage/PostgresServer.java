package dev.nimbus.adapters.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL server for all tests of a JVM, with an empty schema for each that asks: that is a
 * database of its own to Nimbus, and made in a tenth of the time.
 */
final class PostgresServer {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private PostgresServer() {}

  /** The url of a new, empty schema. */
  static String newDatabase() {
    var name = "nimbus_" + SCHEMAS.incrementAndGet();
    execute("CREATE SCHEMA " + name);
    return "postgresql://postgres:postgres@localhost:%d/postgres?currentSchema=%s"
        .formatted(Holder.SERVER.getPort(), name);
  }

  static void execute(String sql) {
    try (var connection = Holder.SERVER.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
