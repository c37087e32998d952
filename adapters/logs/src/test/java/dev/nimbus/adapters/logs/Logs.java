package dev.nimbus.adapters.logs;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.Position;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Valid lines and short ways to look at a store. */
final class Logs {
  static final OrgId ORG = new OrgId("acme");
  static final JobId JOB = new JobId("j-1");
  static final Fence FIRST = new Fence(1);
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Logs() {}

  static Line line(JobId job, Fence attempt, long sequence, String text) {
    return new Line(job, attempt, sequence, NOON, Line.Source.CONSOLE, Line.Level.INFO, text, true);
  }

  /** Lines {@code from} to {@code to}, both included, that say their number. */
  static Batch batch(JobId job, Fence attempt, long from, long to) {
    return new Batch(
        LongStream.rangeClosed(from, to)
            .mapToObj(i -> line(job, attempt, i, "line " + i + " of " + job))
            .toList());
  }

  /** Every line of a job, page by page. */
  static List<Line> all(LogStore store, JobId job) {
    var lines = new ArrayList<Line>();
    var query = LogQuery.of(job, Position.START, 1000);
    while (true) {
      var found = store.read(ORG, query);
      lines.addAll(found.lines());
      switch (found.rest()) {
        case Found.Rest.Nothing() -> {
          return lines;
        }
        case Found.Rest.More(var scope, _) -> query = query.in(scope);
      }
    }
  }

  static List<Long> sequences(LogStore store, JobId job) {
    return all(store, job).stream().map(Line::sequence).toList();
  }

  static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  /** Asks the file itself, past the store. */
  static long number(Path folder, String sql) throws SQLException {
    try (var session = new Database(folder.resolve("logs.db"), 1L << 30).connect()) {
      return session.number(sql, -1);
    }
  }

  static long chunks(Path folder) throws SQLException {
    return number(folder, "SELECT COUNT(*) FROM chunk");
  }
}
