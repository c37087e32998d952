package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The errors of one SQLite file. */
record SqliteFailures(Path file) implements Failures {
  private static final int PRIMARY_CODE = 0xff;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int IO = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;

  @Override
  public NimbusException translate(String doing, Object subject, SQLException cause) {
    var meaning = meaning(cause);
    return new NimbusException(
        meaning.kind, "Cannot %s '%s': %s".formatted(doing, subject, meaning.why), cause);
  }

  private Meaning meaning(SQLException cause) {
    return switch (cause.getErrorCode() & PRIMARY_CODE) {
      case FULL ->
          new Meaning(
              Kind.EXHAUSTED,
              "no space is left for " + file + "; free some and it continues by itself");
      case CORRUPT -> new Meaning(Kind.INTERNAL, damaged("is damaged"));
      case NOT_A_DATABASE -> new Meaning(Kind.INTERNAL, damaged("is not an SQLite database"));
      case READ_ONLY, CANNOT_OPEN ->
          new Meaning(
              Kind.UNAVAILABLE,
              file
                  + " cannot be opened for writing; check that it and its folder belong to the"
                  + " user Nimbus runs as ("
                  + cause.getMessage()
                  + ")");
      case BUSY, LOCKED -> new Meaning(Kind.UNAVAILABLE, file + " is locked by another program");
      case IO ->
          new Meaning(
              Kind.UNAVAILABLE, file + " cannot be read or written (" + cause.getMessage() + ")");
      default -> new Meaning(Kind.INTERNAL, String.valueOf(cause.getMessage()));
    };
  }

  private String damaged(String how) {
    return "%s %s; restore it from a backup, or move it and its -wal file away to start empty"
        .formatted(file, how);
  }

  private record Meaning(Kind kind, String why) {}
}
