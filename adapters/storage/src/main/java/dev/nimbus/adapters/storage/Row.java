package dev.nimbus.adapters.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The current row of a result, read column by column from left to right. */
final class Row {
  private final ResultSet result;
  private int column;

  Row(ResultSet result) {
    this.result = result;
  }

  boolean next() throws SQLException {
    column = 0;
    return result.next();
  }

  String text() throws SQLException {
    return result.getString(++column);
  }

  long number() throws SQLException {
    return result.getLong(++column);
  }

  @Nullable Long numberOrNull() throws SQLException {
    var number = number();
    return result.wasNull() ? null : number;
  }

  int count() throws SQLException {
    return Math.toIntExact(number());
  }

  Instant time() throws SQLException {
    return Times.instant(number());
  }

  @Nullable String textOrNull() throws SQLException {
    return result.getString(++column);
  }

  String textOrEmpty() throws SQLException {
    var text = result.getString(++column);
    return text == null ? "" : text;
  }

  @Nullable Instant timeOrNull() throws SQLException {
    var micros = number();
    return result.wasNull() ? null : Times.instant(micros);
  }

  /** How one row becomes a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }
}
