package dev.nimbus.adapters.storage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Steps that wait together are committed together, so that many small
 * durable writes share one flush to the disk; each runs in a savepoint, so that one that fails
 * takes nothing of its neighbours with it.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MOST_TOGETHER = 500;

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

  private void commit(List<Step<?>> batch) {
    try {
      session.update("BEGIN IMMEDIATE");
      for (var step : batch) {
        runApart(step);
      }
      session.update("COMMIT");
      batch.forEach(Step::finish);
    } catch (SQLException e) {
      rollBack();
      commitAlone(batch, e);
    }
  }

  /** Finds out whose fault a failed batch is, so that only they fail. */
  private void commitAlone(List<Step<?>> batch, SQLException cause) {
    if (batch.size() == 1) {
      batch.getFirst().failed(cause);
      batch.getFirst().finish();
      return;
    }
    LOG.warn("Writing one by one after a failed batch steps={} cause={}", batch.size(), cause);
    batch.forEach(step -> commit(List.of(step)));
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
}
