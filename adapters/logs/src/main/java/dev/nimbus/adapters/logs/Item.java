package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** One caller's part of a group: done with the others, answered alone. */
final class Item<T> {
  private final String doing;
  private final Session.Work<T> work;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final AtomicReference<Runnable> outcome = new AtomicReference<>(() -> {});

  Item(String doing, Session.Work<T> work) {
    this.doing = doing;
    this.work = work;
  }

  /** Does the work, or leaves no trace of it; throws only when the whole group is lost. */
  void perform(Session session) throws SQLException {
    session.update("SAVEPOINT item");
    try {
      var result = work.run(session);
      session.update("RELEASE item");
      outcome.set(() -> answer.complete(result));
    } catch (SQLException | RuntimeException e) {
      undo(session, e);
      outcome.set(() -> fail(e));
    }
  }

  private static void undo(Session session, Exception cause) throws SQLException {
    try {
      session.update("ROLLBACK TO item");
      session.update("RELEASE item");
    } catch (SQLException e) {
      e.addSuppressed(cause);
      throw cause instanceof SQLException first ? first : e;
    }
  }

  /** The group is durable. */
  void succeed() {
    outcome.get().run();
  }

  void fail(Throwable cause) {
    var _ = answer.completeExceptionally(Failures.of(doing, cause));
  }

  T await() {
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, doing + ": interrupted while waiting", e);
    } catch (ExecutionException e) {
      throw Failures.of(doing, e.getCause() == null ? e : e.getCause());
    }
  }
}
