package dev.nimbus.adapters.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One PostgreSQL server for all tests of a JVM, with an empty schema for each that asks: that is a
 * database of its own to Nimbus, and made in a tenth of the time.
 */
final class PostgresServer {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final int MOST_TRIES = 600;

  private PostgresServer() {}

  /** The url of a new, empty schema. */
  static String newDatabase() {
    var name = "nimbus_" + SCHEMAS.incrementAndGet();
    execute("CREATE SCHEMA " + name);
    return "postgresql://postgres:postgres@localhost:%d/postgres?currentSchema=%s"
        .formatted(Holder.PORT, name);
  }

  static void execute(String sql) {
    try (var connection = connect(Holder.PORT);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/postgres".formatted(port), "postgres", "postgres");
  }

  private static final class Holder {
    static final int PORT = start();

    private static int start() {
      try {
        return embedded();
      } catch (IOException | IllegalStateException e) {
        return unprivileged(e);
      }
    }

    private static int embedded() throws IOException {
      return EmbeddedPostgres.builder()
          .setPGStartupWait(Duration.ofMinutes(1))
          .setServerConfig("fsync", "off")
          .setServerConfig("full_page_writes", "off")
          .setServerConfig("max_connections", "200")
          .start()
          .getPort();
    }

    private static int unprivileged(Exception cause) {
      try {
        var port =
            UnprivilegedPostgres.start(
                List.of("fsync=off", "full_page_writes=off", "max_connections=200"));
        awaitReady(port);
        return port;
      } catch (IOException | SQLException e) {
        e.addSuppressed(cause);
        throw new IllegalStateException("Cannot start a PostgreSQL for the tests", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static void awaitReady(int port) throws SQLException {
      for (var tries = 1; ; tries++) {
        try {
          connect(port).close();
          return;
        } catch (SQLException e) {
          if (tries == MOST_TRIES) {
            throw e;
          }
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
      }
    }
  }
}
