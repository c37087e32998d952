package dev.nimbus.core.log;

import dev.nimbus.core.id.JobId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which lines.
 *
 * @param scope one job, or all of the tenant's
 * @param contains case-sensitive; empty for any text
 * @param from the earliest time a line may carry
 * @param until lines carry an earlier time than this
 * @param limit at most this many lines
 */
public record LogQuery(
    Scope scope, String contains, Line.Level atLeast, Instant from, Instant until, int limit) {
  public static final int MAX_LIMIT = 10_000;

  /** Longer texts are not searched for. */
  public static final int MAX_CONTAINS = 1_000;

  public LogQuery {
    contains = Text.wellFormed(contains);
    if (contains.length() > MAX_CONTAINS) {
      throw new IllegalArgumentException(
          "A query looks for " + contains.length() + " characters (at most " + MAX_CONTAINS + ")");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A query gives 1 to " + MAX_LIMIT + " lines: " + limit);
    }
  }

  public static LogQuery of(JobId job, Position after, int limit) {
    return of(new Scope.OneJob(job, after), "", limit);
  }

  /** Lines of any level and time. */
  public static LogQuery of(Scope scope, String contains, int limit) {
    return new LogQuery(scope, contains, Line.Level.DEBUG, Instant.MIN, Instant.MAX, limit);
  }

  /** The one job it is about, if it is about one. */
  public Optional<JobId> job() {
    return switch (scope) {
      case Scope.OneJob(var job, _) -> Optional.of(job);
      case Scope.Everything _ -> Optional.empty();
    };
  }

  /** The same question asked of another part of the log. */
  public LogQuery in(Scope other) {
    return new LogQuery(other, contains, atLeast, from, until, limit);
  }

  /** Whether a line is asked for, its place aside. */
  public boolean matches(Line line) {
    return line.level().compareTo(atLeast) >= 0
        && !line.at().isBefore(from)
        && line.at().isBefore(until)
        && line.text().contains(contains);
  }

  public sealed interface Scope {
    /** Lines of one job after a position, in order. */
    record OneJob(JobId job, Position after) implements Scope {}

    /**
     * Lines of every job of the tenant, jobs in reverse order of their first line, in order within
     * a job.
     *
     * @param after empty for the beginning, or what {@link Found.Rest.More} of the same store says
     */
    record Everything(String after) implements Scope {
      public static final Everything FROM_THE_NEWEST = new Everything("");
    }
  }
}
