package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A log store in one folder, for one process: an SQLite file with rows of compressed chunks. A
 * batch is stored as it comes; {@link #tidy} merges small ones later. What an append returned
 * survives the death of the process and of the machine. May be called from virtual threads.
 */
public final class EmbeddedLogStore implements LogStore {
  private static final int READ_THREADS = 2;
  private static final int SEARCH_THREADS = 2;
  private static final int FAST = 1;
  private static final int DENSE = 3;

  private final Database database;
  private final StoreLimits limits;
  private final StoreLock lock;
  private final Writer writer;
  private final Readers readers;
  private final Readers searchers;
  private final Zip fast = new Zip(FAST);
  private final Zip dense = new Zip(DENSE);
  private final Packer packer;
  private final Appending appending;
  private final Upkeep upkeep;

  private EmbeddedLogStore(
      Database database, StoreLimits limits, StoreLock lock, InstantSource time)
      throws SQLException {
    this.database = database;
    this.limits = limits;
    this.lock = lock;
    writer = Writer.start(database);
    readers = Readers.start("log-reader", READ_THREADS, database);
    searchers = Readers.start("log-searcher", SEARCH_THREADS, database);
    packer = new Packer(limits.chunkBytes(), fast);
    appending = new Appending(packer, time);
    var compaction = new Compaction(writer, searchers, dense, limits, time);
    upkeep = new Upkeep(compaction, new Trimming(writer, limits.maxBytes()));
  }

  /**
   * Opens the store in a folder, making it if it is not there.
   *
   * @throws NimbusException CONFLICT when another process has it open or wrote a newer format,
   *     INTERNAL when the file is damaged, UNAVAILABLE when it cannot be reached
   */
  public static EmbeddedLogStore open(Path folder, StoreLimits limits, InstantSource time) {
    makePrivate(folder);
    var lock = StoreLock.take(folder.resolve("logs.lock"));
    try {
      var database = new Database(folder.resolve("logs.db"), limits.hardBytes());
      database.prepare();
      return new EmbeddedLogStore(database, limits, lock, time);
    } catch (SQLException | RuntimeException e) {
      lock.close();
      throw Failures.of("Cannot open the log store in '" + folder + "'", e);
    }
  }

  @Override
  public Appended append(OrgId org, Batch batch) {
    var packed = packer.pack(batch.lines());
    return writer.run(
        "Cannot append to the log of job '" + batch.job() + "'",
        session -> appending.append(session, org, batch, packed));
  }

  @Override
  public Found read(OrgId org, LogQuery query) {
    var simple = query.scope() instanceof Scope.OneJob && query.contains().isEmpty();
    return (simple ? readers : searchers)
        .run(
            "Cannot read logs",
            session -> new Search(new Opener(session, fast), query, limits).run(org));
  }

  @Override
  public Position last(OrgId org, JobId job) {
    return readers.run(
        "Cannot read the log of job '" + job + "'", session -> Search.last(session, org, job));
  }

  @Override
  public long expire(Instant before) {
    return upkeep.expire(before);
  }

  @Override
  public Tidied tidy() {
    return upkeep.tidy();
  }

  @Override
  public Stats stats() {
    return readers.run(
        "Cannot count logs",
        session ->
            new Stats(
                session.number("SELECT COUNT(*) FROM job", 0),
                session.number("SELECT COALESCE(SUM(lines), 0) FROM chunk", 0),
                database.bytes()));
  }

  /** Finishes appends on their way, then closes; later calls are refused. */
  @Override
  public void close() {
    searchers.close();
    readers.close();
    writer.close();
    fast.close();
    dense.close();
    lock.close();
  }

  /** What people's jobs print is nobody else's business. */
  private static void makePrivate(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        var mode = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
      }
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot make the log store's folder '" + folder + "': " + e, e);
    }
  }
}
