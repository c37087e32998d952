package dev.nimbus.adapters.storage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that read, each with a connection of its own. Calls into SQLite hold on to the thread
 * they run on, so virtual threads hand their questions over instead of asking themselves.
 */
final class Readers implements AutoCloseable {
  private final StepQueue queue = new StepQueue();
  private final List<Thread> threads = new ArrayList<>();

  private Readers() {}

  static Readers start(List<Session> sessions) {
    var readers = new Readers();
    for (var session : sessions) {
      var name = "storage-reader-" + readers.threads.size();
      readers.threads.add(
          Thread.ofPlatform().name(name).daemon().start(() -> readers.work(session)));
    }
    return readers;
  }

  <T> T run(Step<T> step) {
    queue.add(step);
    return step.await();
  }

  @Override
  public void close() {
    queue.end();
    threads.forEach(Thread::interrupt);
    threads.forEach(Threads::join);
  }

  private void work(Session session) {
    var next = new ArrayList<Step<?>>(1);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        queue.take(next, 1);
        answer(next.removeFirst(), session);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(Step<?> step, Session session) {
    try {
      step.run(session);
    } catch (SQLException | RuntimeException | Error e) {
      step.failed(e);
    }
    step.finish();
  }
}
