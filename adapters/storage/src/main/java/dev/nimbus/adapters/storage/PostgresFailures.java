package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** The errors of one PostgreSQL database, told apart by their SQLSTATE. */
record PostgresFailures(String place) implements Failures {
  private static final Set<String> WORTH_RETRYING = Set.of("40001", "40P01");
  private static final String OUT_OF_CONNECTIONS = "53300";
  private static final String RESOURCES = "53";
  private static final Set<String> PASSING = Set.of("08", "40", "55", "57", "25", "28", "3D");

  /** Whether others stood in the way and the same may succeed at once. */
  static boolean worthRetrying(SQLException cause) {
    return WORTH_RETRYING.contains(state(cause));
  }

  @Override
  public NimbusException translate(String doing, Object subject, SQLException cause) {
    return new NimbusException(
        kind(cause),
        "Cannot %s '%s' in %s: %s".formatted(doing, subject, place, why(cause)),
        cause);
  }

  private static Kind kind(SQLException cause) {
    var state = state(cause);
    if (cause instanceof SQLTransientConnectionException || state.equals(OUT_OF_CONNECTIONS)) {
      return Kind.UNAVAILABLE;
    }
    if (state.startsWith(RESOURCES)) {
      return Kind.EXHAUSTED;
    }
    return PASSING.stream().anyMatch(state::startsWith) ? Kind.UNAVAILABLE : Kind.INTERNAL;
  }

  private static String why(SQLException cause) {
    var message = String.valueOf(cause.getMessage());
    var deeper = cause.getCause();
    return deeper == null || deeper.getMessage() == null
        ? message
        : message + " (" + deeper.getMessage() + ")";
  }

  private static String state(SQLException cause) {
    var state = cause.getSQLState();
    return state == null ? "" : state;
  }
}
