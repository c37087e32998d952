package dev.nimbus.adapters.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.nimbus.core.error.NimbusException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL that several control planes may share: one transaction per step, on the caller's
 * thread.
 */
final class PostgresDatabase implements Database {
  private static final int CONNECTIONS = 16;
  private static final long MILLIS_TO_CONNECT = 10_000;
  private static final int MOST_TRIES = 10;

  /** Nobody who stalls may hold up the others for ever. */
  private static final String BOUNDS =
      """
      SET lock_timeout = '15s';
      SET statement_timeout = '60s';
      SET idle_in_transaction_session_timeout = '30s'
      """;

  private final HikariDataSource pool;
  private final PostgresFailures failures;

  private PostgresDatabase(HikariDataSource pool, PostgresFailures failures) {
    this.pool = pool;
    this.failures = failures;
  }

  /** Connects and brings the schema up to date, while others wait that do the same. */
  static PostgresDatabase open(DatabaseUrl.Postgres url) {
    var failures = new PostgresFailures(url.place());
    var pool = connect(url, failures);
    try (var connection = pool.getConnection()) {
      new Migrator(connection, Dialect.POSTGRES, url.place()).run();
      return new PostgresDatabase(pool, failures);
    } catch (SQLException e) {
      pool.close();
      throw failures.translate("open database", url.place(), e);
    } catch (NimbusException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRES;
  }

  @Override
  public <T> T write(String doing, Object subject, Work<T> work) {
    for (var tries = 1; ; tries++) {
      try (var connection = pool.getConnection()) {
        return inTransaction(connection, work);
      } catch (SQLException e) {
        if (tries == MOST_TRIES || !PostgresFailures.worthRetrying(e)) {
          throw failures.translate(doing, subject, e);
        }
      }
    }
  }

  @Override
  public <T> T read(String doing, Object subject, Work<T> work) {
    try (var connection = pool.getConnection();
        var session = new Session(connection, Dialect.POSTGRES)) {
      return work.run(session);
    } catch (SQLException e) {
      throw failures.translate(doing, subject, e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try (var session = new Session(connection, Dialect.POSTGRES)) {
      var result = work.run(session);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static HikariDataSource connect(DatabaseUrl.Postgres url, PostgresFailures failures) {
    var config = new HikariConfig();
    config.setPoolName("storage");
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(MILLIS_TO_CONNECT);
    config.setConnectionInitSql(BOUNDS);
    config.addDataSourceProperty("ApplicationName", "nimbus");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", "90");
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw failures.translate("open database", url.place(), reason(e));
    }
  }

  private static SQLException reason(PoolInitializationException e) {
    return e.getCause() instanceof SQLException cause
        ? cause
        : new SQLException(String.valueOf(e.getMessage()), e);
  }
}
