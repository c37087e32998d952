package dev.nimbus.adapters.logs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One connection and its prepared statements. Belongs to one thread at a time. */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Session(Connection connection) {
    this.connection = connection;
  }

  /** Runs a statement; returns how many rows it changed. */
  int update(String sql, Object... values) throws SQLException {
    return prepare(sql, values).executeUpdate();
  }

  /** Shows rows to a visitor, for as long as it says true. */
  void each(String sql, Visitor visitor, Object... values) throws SQLException {
    try (var rows = prepare(sql, values).executeQuery()) {
      var wanted = true;
      while (wanted && rows.next()) {
        wanted = visitor.visit(rows);
      }
    }
  }

  <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
    var list = new ArrayList<T>();
    each(sql, rows -> list.add(row.read(rows)), values);
    return list;
  }

  /** The one number a query gives, or another if it gives none. */
  long number(String sql, long otherwise, Object... values) throws SQLException {
    var numbers = list(sql, rows -> rows.getLong(1), values);
    return numbers.isEmpty() ? otherwise : numbers.getFirst();
  }

  /** Runs a script that is needed once. */
  void script(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      var _ = statement.executeUpdate(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    var statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  interface Visitor {
    boolean visit(ResultSet row) throws SQLException;
  }

  /** Something to do with a session. */
  interface Work<T> {
    T run(Session session) throws SQLException;
  }
}
