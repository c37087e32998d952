package dev.nimbus.adapters.storage;

import java.sql.SQLException;

/** One atomic step. It may be run again after a failure, so it has no effect but on the session. */
@FunctionalInterface
interface Work<T> {
  T run(Session session) throws SQLException;
}
