package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what an error of SQLite means to the caller. */
final class Failures {
  private Failures() {}

  static NimbusException of(String doing, Throwable cause) {
    return switch (cause) {
      case NimbusException known -> known;
      case SQLException sql -> of(doing, sql);
      default -> new NimbusException(Kind.INTERNAL, doing + ": " + cause, cause);
    };
  }

  private static NimbusException of(String doing, SQLException cause) {
    return switch (SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xFF)) {
      case SQLITE_FULL ->
          new NimbusException(
              Kind.EXHAUSTED, "disk-full", doing + ": no room is left for logs", cause);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new NimbusException(
              Kind.INTERNAL,
              doing + ": the file is damaged; move it away to start with an empty one",
              cause);
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY ->
          new NimbusException(Kind.UNAVAILABLE, doing + ": " + cause.getMessage(), cause);
      default -> new NimbusException(Kind.INTERNAL, doing + ": " + cause.getMessage(), cause);
    };
  }
}
