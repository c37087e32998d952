package dev.nimbus.core.log;

import dev.nimbus.core.id.JobId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which lines.
 *
 * @param scope one job, or all of the tenant's
 * @param contains case-sensitive; empty for any text
 * @param limit at most this many lines
 */
public record LogQuery(
    Scope scope, String contains, Line.Level atLeast, Instant from, Instant until, int limit) {
  public static final int MAX_LIMIT = 10_000;

  public LogQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A query gives 1 to " + MAX_LIMIT + " lines: " + limit);
    }
  }

  public static LogQuery of(JobId job, Position after, int limit) {
    return new LogQuery(
        new Scope.OneJob(job, after), "", Line.Level.DEBUG, Instant.MIN, Instant.MAX, limit);
  }

  public sealed interface Scope {
    /** Lines of one job after a position, in order. */
    record OneJob(JobId job, Position after) implements Scope {}

    /** Lines of every job of the tenant, newest jobs first, in order within a job. */
    record Everything() implements Scope {}
  }

  public Optional<JobId> job() {
    return switch (scope) {
      case Scope.OneJob(var job, _) -> Optional.of(job);
      case Scope.Everything() -> Optional.empty();
    };
  }
}
