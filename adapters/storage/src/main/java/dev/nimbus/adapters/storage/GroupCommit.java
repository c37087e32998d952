package dev.nimbus.adapters.storage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Steps that wait together are committed together, so that many small
 * durable writes share one flush to the disk. A step that fails takes nothing of its neighbours
 * with it: the batch is rolled back and run again with a savepoint around each, which is not done
 * at once because savepoints cost a fifth of a small write.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MOST_TOGETHER = 1_000;

  private final StepQueue queue = new StepQueue();
  private final Session session;
  private final Thread thread;

  private GroupCommit(Session session) {
    this.session = session;
    this.thread = Thread.ofPlatform().name("storage-writer").daemon().unstarted(this::work);
  }

  static GroupCommit start(Session session) {
    var writer = new GroupCommit(session);
    writer.thread.start();
    return writer;
  }

  /** Runs a step and returns when it is durable. */
  <T> T run(Step<T> step) {
    queue.add(step);
    return step.await();
  }

  /** Ends after the batch at hand; what waits behind it is refused. */
  @Override
  public void close() {
    thread.interrupt();
    Threads.join(thread);
  }

  private void work() {
    var batch = new ArrayList<Step<?>>(MOST_TOGETHER);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        queue.take(batch, MOST_TOGETHER);
        commit(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.end();
    }
  }

  /** Commits a batch: at once if it can, with each step apart if one failed, else one by one. */
  private void commit(List<Step<?>> batch) {
    if (committed(batch, this::runBare)) {
      answer(batch);
    } else if (batch.size() == 1) {
      batch.getFirst().finish();
    } else if (committed(batch, this::runApart)) {
      answer(batch);
    } else {
      batch.forEach(step -> commit(List.of(step)));
    }
  }

  /** Waking many callers costs as much as a few steps, so another thread does it. */
  private static void answer(List<Step<?>> batch) {
    if (batch.size() == 1) {
      batch.getFirst().finish();
      return;
    }
    var done = List.copyOf(batch);
    Thread.startVirtualThread(() -> done.forEach(Step::finish));
  }

  private boolean committed(List<Step<?>> batch, Way way) {
    try {
      session.update("BEGIN IMMEDIATE");
      for (var step : batch) {
        way.run(step);
      }
      session.update("COMMIT");
      return true;
    } catch (SQLException | RuntimeException | Error e) {
      LOG.debug("A batch failed steps={} cause={}", batch.size(), e.toString());
      batch.forEach(step -> step.failed(e));
      rollBack();
      return false;
    }
  }

  private void runBare(Step<?> step) throws SQLException {
    step.run(session);
  }

  private void runApart(Step<?> step) throws SQLException {
    session.update("SAVEPOINT step");
    try {
      step.run(session);
    } catch (SQLException | RuntimeException | Error e) {
      step.failed(e);
      session.update("ROLLBACK TO step");
    }
    session.update("RELEASE step");
  }

  private void rollBack() {
    try {
      session.update("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("SQLite had rolled back by itself cause={}", e.getMessage());
    }
  }

  /** How a step of a batch is run. */
  @FunctionalInterface
  private interface Way {
    void run(Step<?> step) throws SQLException;
  }
}
