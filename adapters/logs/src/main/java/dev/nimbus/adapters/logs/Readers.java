package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A few platform threads, each with a connection, for reading: SQLite is native code that waits for
 * the disk, which would hold on to the carriers of virtual threads.
 */
final class Readers implements AutoCloseable {
  private final BlockingQueue<Session> sessions;
  private final ExecutorService threads;

  private Readers(BlockingQueue<Session> sessions, ExecutorService threads) {
    this.sessions = sessions;
    this.threads = threads;
  }

  static Readers start(String name, int count, Database database) throws SQLException {
    var sessions = new ArrayBlockingQueue<Session>(count);
    for (var i = 0; i < count; i++) {
      var session = database.connect();
      session.script("PRAGMA query_only = TRUE");
      sessions.add(session);
    }
    var threads = Thread.ofPlatform().name(name + "-", 1).daemon().factory();
    return new Readers(sessions, Executors.newFixedThreadPool(count, threads));
  }

  /** Does the work on one of the threads, on the store as it is at one moment. */
  <T> T run(String doing, Session.Work<T> work) {
    try {
      return threads.submit(() -> inSnapshot(work)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, doing + ": interrupted while waiting", e);
    } catch (RejectedExecutionException e) {
      throw new NimbusException(Kind.UNAVAILABLE, doing + ": the log store is closed", e);
    } catch (ExecutionException e) {
      throw Failures.of(doing, e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void close() {
    threads.close();
    for (var session : sessions) {
      try {
        session.close();
      } catch (SQLException e) {
        throw Failures.of("Cannot close the log store", e);
      }
    }
  }

  private <T> T inSnapshot(Session.Work<T> work) throws SQLException, InterruptedException {
    var session = sessions.take();
    try {
      session.update("BEGIN");
      try {
        return work.run(session);
      } finally {
        session.update("ROLLBACK");
      }
    } finally {
      sessions.add(session);
    }
  }
}
