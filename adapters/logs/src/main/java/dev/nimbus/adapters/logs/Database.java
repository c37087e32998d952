package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.File;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The file, its schema and how it is opened. */
record Database(Path file, long hardBytes) {
  private static final int VERSION = 1;
  private static final int PAGE_BYTES = 4096;
  private static final String SCHEMA =
      """
      CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        org TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (org, name)
      ) STRICT;

      CREATE INDEX job_newest ON job (org, id);

      CREATE TABLE attempt (
        job INTEGER NOT NULL,
        fence INTEGER NOT NULL,
        last_sequence INTEGER NOT NULL,
        stored_at INTEGER NOT NULL,
        merged_to INTEGER NOT NULL,
        loose_chunks INTEGER NOT NULL,
        loose_bytes INTEGER NOT NULL,
        PRIMARY KEY (job, fence)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX attempt_age ON attempt (stored_at);
      CREATE INDEX attempt_loose ON attempt (job, fence) WHERE loose_chunks > 1;

      CREATE TABLE chunk (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        job INTEGER NOT NULL,
        fence INTEGER NOT NULL,
        last_sequence INTEGER NOT NULL,
        lines INTEGER NOT NULL,
        min_second INTEGER NOT NULL,
        max_second INTEGER NOT NULL,
        level INTEGER NOT NULL,
        stored_at INTEGER NOT NULL,
        raw_bytes INTEGER NOT NULL,
        filter BLOB NOT NULL,
        body BLOB NOT NULL
      ) STRICT;

      CREATE UNIQUE INDEX chunk_order ON chunk (job, fence, last_sequence);
      CREATE INDEX chunk_age ON chunk (stored_at, lines);

      PRAGMA user_version = 1;
      """;

  /** Makes or checks the file. */
  void prepare() {
    try (var session = connect()) {
      session.script("PRAGMA auto_vacuum = INCREMENTAL");
      session.script("PRAGMA journal_mode = WAL");
      var version = session.number("PRAGMA user_version", 0);
      if (version == 0) {
        session.script("BEGIN IMMEDIATE;" + SCHEMA + "COMMIT");
      }
      if (version > VERSION) {
        throw new NimbusException(
            Kind.CONFLICT,
            "Cannot open log store '%s': version %d was written by a newer Nimbus (this knows %d)"
                .formatted(file, version, VERSION));
      }
    } catch (SQLException e) {
      throw Failures.of("Cannot open log store '" + file + "'", e);
    }
  }

  /** A connection that commits durably: the log is synced before a commit returns. */
  Session connect() throws SQLException {
    var settings = new Properties();
    settings.setProperty("jdbc.get_generated_keys", "false");
    var session = new Session(DriverManager.getConnection("jdbc:sqlite:" + file, settings));
    session.script("PRAGMA synchronous = FULL");
    session.script("PRAGMA busy_timeout = 10000");
    session.script("PRAGMA journal_size_limit = 67108864");
    session.script("PRAGMA wal_autocheckpoint = 4096");
    session.script("PRAGMA max_page_count = " + Math.max(16, hardBytes / PAGE_BYTES));
    return session;
  }

  /** How much disk the store takes now. */
  long bytes() {
    return file.toFile().length() + new File(file + "-wal").length();
  }
}
