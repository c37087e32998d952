package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.nio.file.Path;

/** Where the database is. */
sealed interface DatabaseUrl {
  Database open();

  static DatabaseUrl parse(String url) {
    if (url.startsWith("sqlite:") && url.length() > "sqlite:".length()) {
      return new Sqlite(Path.of(url.substring("sqlite:".length())));
    }
    throw new NimbusException(
        Kind.INVALID,
        "Cannot open the database: its url must be sqlite:PATH or postgresql://USER:PASSWORD@HOST/DATABASE");
  }

  record Sqlite(Path file) implements DatabaseUrl {
    @Override
    public Database open() {
      return SqliteDatabase.open(file);
    }
  }
}
