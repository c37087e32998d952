package dev.nimbus.adapters.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/** One SQLite file: a thread that writes, and a few that read what was committed last. */
final class SqliteDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final int READERS = 3;
  private static final int WRITER_CACHE_KIB = 64 * 1024;
  private static final int READER_CACHE_KIB = 4 * 1024;
  private static final long MAPPED_BYTES = 1L << 30;
  private static final int PAGES_BETWEEN_CHECKPOINTS = 8_000;
  private static final int WAL_BYTES_KEPT = 64 << 20;
  private static final int BUSY_MILLIS = 5_000;

  private final SqliteFailures failures;
  private final FileClaim claim;
  private final List<Connection> connections;
  private final GroupCommit writer;
  private final Readers readers;

  private SqliteDatabase(SqliteFailures failures, FileClaim claim, List<Connection> connections) {
    this.failures = failures;
    this.claim = claim;
    this.connections = connections;
    var sessions = connections.stream().map(c -> new Session(c, Dialect.SQLITE)).toList();
    this.writer = GroupCommit.start(sessions.getFirst());
    this.readers = Readers.start(sessions.subList(1, sessions.size()));
  }

  /** Opens or creates the file and brings its schema up to date. */
  static SqliteDatabase open(Path file) {
    var failures = new SqliteFailures(file);
    var claim = FileClaim.take(file);
    var connections = new ArrayList<Connection>();
    try {
      connections.add(writing().createConnection("jdbc:sqlite:" + file));
      new Migrator(connections.getFirst(), Dialect.SQLITE, file.toString()).run();
      for (var i = 0; i < READERS; i++) {
        connections.add(reading().createConnection("jdbc:sqlite:" + file));
      }
      return new SqliteDatabase(failures, claim, connections);
    } catch (SQLException e) {
      closeAll(connections);
      claim.close();
      throw failures.translate("open database", file, e);
    } catch (RuntimeException e) {
      closeAll(connections);
      claim.close();
      throw e;
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public <T> T write(String doing, Object subject, Work<T> work) {
    return writer.run(new Step<>(doing, subject, work, failures));
  }

  @Override
  public <T> T read(String doing, Object subject, Work<T> work) {
    return readers.run(new Step<>(doing, subject, work, failures));
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
    closeAll(connections.reversed());
    claim.close();
  }

  private static SQLiteConfig writing() {
    var config = shared();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setCacheSize(-WRITER_CACHE_KIB);
    config.setTempStore(TempStore.MEMORY);
    config.setJournalSizeLimit(WAL_BYTES_KEPT);
    config.setWalAutocheckpoint(PAGES_BETWEEN_CHECKPOINTS);
    return config;
  }

  private static SQLiteConfig reading() {
    var config = shared();
    config.setReadOnly(true);
    config.setCacheSize(-READER_CACHE_KIB);
    return config;
  }

  private static SQLiteConfig shared() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Long.toString(MAPPED_BYTES));
    return config;
  }

  private static void closeAll(List<Connection> connections) {
    for (var connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.warn("Cannot close a connection cause={}", e.getMessage());
      }
    }
  }
}
