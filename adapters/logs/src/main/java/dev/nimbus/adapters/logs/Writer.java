package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes. What callers ask for while a transaction is on its way to the disk
 * shares the next one, so many small durable writes cost few syncs. Each has a savepoint of its
 * own: one that fails takes no other with it. Callers wait, which also bounds the queue.
 */
final class Writer implements AutoCloseable {
  private static final int GROUP = 256;

  private final Database database;
  private final LinkedBlockingQueue<Item<?>> queue = new LinkedBlockingQueue<>();
  private final Item<Boolean> end = new Item<>("end", _ -> true);
  private final Object lock = new Object();
  private final Thread thread;
  private Session session;
  private boolean closed;

  private Writer(Database database, Session session) {
    this.database = database;
    this.session = session;
    thread = Thread.ofPlatform().name("log-writer").daemon().unstarted(this::work);
  }

  static Writer start(Database database) throws SQLException {
    var writer = new Writer(database, database.connect());
    writer.thread.start();
    return writer;
  }

  /**
   * Does the work in a transaction and returns when it is durable.
   *
   * @param doing begins the message of a failure
   */
  <T> T run(String doing, Session.Work<T> work) {
    var item = new Item<>(doing, work);
    enqueue(item, doing);
    return item.await();
  }

  /** Finishes what was asked for before, then stops. */
  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        queue.add(end);
      }
    }
    var _ = end.await();
  }

  private void enqueue(Item<?> item, String doing) {
    synchronized (lock) {
      if (closed) {
        throw new NimbusException(Kind.UNAVAILABLE, doing + ": the log store is closed");
      }
      queue.add(item);
    }
  }

  private void work() {
    var group = new ArrayList<Item<?>>();
    try {
      while (!group.contains(end)) {
        group.clear();
        group.add(queue.take());
        queue.drainTo(group, GROUP - 1);
        commit(group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Never throws, whatever the work does: everybody else's lines depend on this thread. */
  private void commit(List<Item<?>> group) {
    try {
      session.update("BEGIN IMMEDIATE");
      for (var item : group) {
        item.perform(session);
      }
      session.update("COMMIT");
      if (group.contains(end)) {
        session.close();
      }
      group.forEach(Item::succeed);
    } catch (SQLException | RuntimeException | Error e) {
      reconnect(e);
      group.forEach(item -> item.fail(e));
    }
  }

  /** After a failed transaction nothing is assumed about the connection. */
  private void reconnect(Throwable cause) {
    try {
      session.close();
      session = database.connect();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
