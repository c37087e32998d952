package dev.nimbus.adapters.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQL on one connection, with its statements kept prepared. For one thread at a time. Statements
 * are written as {@link Dialect#sql} describes.
 */
final class Session implements AutoCloseable {
  private static final int MOST_STATEMENTS = 200;

  private final Connection connection;
  private final Dialect dialect;
  private final LinkedHashMap<String, PreparedStatement> statements =
      new LinkedHashMap<>(64, 0.75f, true);

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Changes rows; returns how many. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return run(sql, values, PreparedStatement::executeUpdate);
  }

  /** The first row of a query, or of a change that returns rows. */
  <T> Optional<T> first(String sql, Row.Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    return run(
        sql,
        values,
        statement -> {
          try (var result = statement.executeQuery()) {
            var row = new Row(result);
            return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
          }
        });
  }

  <T> List<T> all(String sql, Row.Reader<T> reader, @Nullable Object... values)
      throws SQLException {
    return run(
        sql,
        values,
        statement -> {
          try (var result = statement.executeQuery()) {
            var row = new Row(result);
            var found = new ArrayList<T>();
            while (row.next()) {
              found.add(reader.read(row));
            }
            return found;
          }
        });
  }

  /** A number that is always there, such as a count. */
  long number(String sql, @Nullable Object... values) throws SQLException {
    return first(sql, Row::number, values).orElseThrow();
  }

  @Override
  public void close() throws SQLException {
    for (var statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  /** Runs a statement; one that failed is not used again, for some drivers close it. */
  private <T> T run(String sql, @Nullable Object[] values, Use<T> use) throws SQLException {
    try {
      return use.of(prepared(sql, values));
    } catch (SQLException e) {
      discard(statements.remove(sql), e);
      throw e;
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object[] values) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      forgetEldest();
      statement = connection.prepareStatement(dialect.sql(sql));
      statements.put(sql, statement);
    }
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, stored(values[i]));
    }
    return statement;
  }

  private static @Nullable Object stored(@Nullable Object value) {
    return switch (value) {
      case Instant instant -> Times.micros(instant);
      case String text -> StoredText.clean(text);
      case null, default -> value;
    };
  }

  private void forgetEldest() throws SQLException {
    if (statements.size() >= MOST_STATEMENTS) {
      var eldest = statements.pollFirstEntry();
      if (eldest != null) {
        eldest.getValue().close();
      }
    }
  }

  private static void discard(@Nullable PreparedStatement statement, SQLException cause) {
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** What is done with a prepared statement. */
  @FunctionalInterface
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }
}
