package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on its way to the thread that owns a connection, and its caller's way to wait.
 */
final class Step<T> {
  private final String doing;
  private final Object subject;
  private final Work<T> work;
  private final Failures failures;
  private final CompletableFuture<@Nullable T> done = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable Throwable failure;

  Step(String doing, Object subject, Work<T> work, Failures failures) {
    this.doing = doing;
    this.subject = subject;
    this.work = work;
    this.failures = failures;
  }

  /** Does the work; what goes wrong is also kept for the caller. */
  void run(Session session) throws SQLException {
    failure = null;
    result = work.run(session);
  }

  void failed(Throwable cause) {
    failure = cause;
  }

  /** Lets the caller go on with the result or the failure. */
  void finish() {
    if (failure == null) {
      done.complete(result);
    } else {
      done.completeExceptionally(translated(failure));
    }
  }

  NimbusException refused(Kind kind, String why) {
    return new NimbusException(kind, "Cannot %s '%s': %s".formatted(doing, subject, why));
  }

  /** Waits for the end. */
  @SuppressWarnings("NullAway") // the result is exactly as nullable as what the work returns
  T await() {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(Kind.UNAVAILABLE, "interrupted while waiting; it may still be done");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private Throwable translated(Throwable cause) {
    return cause instanceof SQLException sql ? failures.translate(doing, subject, sql) : cause;
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof NimbusException known) {
      return new NimbusException(known.kind(), String.valueOf(known.getMessage()), known);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException bug ? bug : new IllegalStateException(cause);
  }
}
