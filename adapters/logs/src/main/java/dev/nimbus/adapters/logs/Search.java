package dev.nimbus.adapters.logs;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.Position;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Answers one query: walks the chunks in order and opens those that may hold an answer. */
final class Search {
  /** Looking at a chunk without opening it counts as this much work. */
  private static final int GLANCE_BYTES = 1024;

  private final Opener opener;
  private final LogQuery query;
  private final Answer answer;
  private final Place start;
  private final int[] wanted;
  private final String needle;

  Search(Opener opener, LogQuery query, StoreLimits limits) {
    this.opener = opener;
    this.query = query;
    answer = new Answer(query, limits);
    start =
        switch (query.scope()) {
          case Scope.OneJob(_, var after) -> new Place(0, after);
          case Scope.Everything(var after) -> Place.parse(after);
        };
    wanted = Trigrams.wanted(query.contains());
    needle =
        new String(query.contains().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The end of a job's newest attempt. */
  static Position last(Session session, OrgId org, JobId job) throws SQLException {
    var found =
        session.list(
            """
            SELECT a.fence, a.last_sequence
              FROM job j JOIN attempt a ON a.job = j.id
             WHERE j.org = ? AND j.name = ?
             ORDER BY a.fence DESC
             LIMIT 1
            """,
            row -> new Position(new Fence(row.getLong(1)), row.getLong(2)),
            org.value(),
            job.value());
    return found.isEmpty() ? Position.START : found.getFirst();
  }

  Found run(OrgId org) throws SQLException {
    switch (query.scope()) {
      case Scope.OneJob(var job, _) -> oneJob(org, job);
      case Scope.Everything _ -> everything(org);
    }
    return answer.found();
  }

  private void oneJob(OrgId org, JobId job) throws SQLException {
    opener
        .session()
        .each(
            """
        SELECT c.id, c.job, j.name, c.fence, c.last_sequence, c.raw_bytes,
               CASE WHEN ? > 0 THEN c.filter END
          FROM job j CROSS JOIN chunk c ON c.job = j.id
         WHERE j.org = ? AND j.name = ?
           AND (c.fence, c.last_sequence) > (?, ?)
           AND c.level >= ? AND c.max_second >= ? AND c.min_second <= ?
         ORDER BY c.fence, c.last_sequence
        """,
            this::visit,
            wanted.length,
            org.value(),
            job.value(),
            start.position().attempt().value(),
            start.position().sequence(),
            Codes.level(query.atLeast()),
            query.from().getEpochSecond(),
            query.until().getEpochSecond());
  }

  private void everything(OrgId org) throws SQLException {
    opener
        .session()
        .each(
            """
        SELECT c.id, c.job, j.name, c.fence, c.last_sequence, c.raw_bytes,
               CASE WHEN ? > 0 THEN c.filter END
          FROM job j CROSS JOIN chunk c ON c.job = j.id
         WHERE j.org = ? AND j.id <= ?
           AND (j.id < ? OR (c.fence, c.last_sequence) > (?, ?))
           AND c.level >= ? AND c.max_second >= ? AND c.min_second <= ?
         ORDER BY j.id DESC, c.fence, c.last_sequence
        """,
            this::visit,
            wanted.length,
            org.value(),
            start.job(),
            start.job(),
            start.position().attempt().value(),
            start.position().sequence(),
            Codes.level(query.atLeast()),
            query.from().getEpochSecond(),
            query.until().getEpochSecond());
  }

  private boolean visit(ResultSet row) throws SQLException {
    var fence = new Fence(row.getLong(4));
    var end = new Place(row.getLong(2), new Position(fence, row.getLong(5)));
    if (wanted.length > 0 && !Trigrams.mayHave(row.getBytes(7), wanted)) {
      return answer.mayGoOn(end, GLANCE_BYTES);
    }
    var rawBytes = row.getInt(6);
    var job = new JobId(row.getString(3));
    look(end.job(), opener.open(job, fence, row.getLong(1), rawBytes));
    return !answer.stopped() && answer.mayGoOn(end, GLANCE_BYTES + rawBytes);
  }

  private void look(long job, Unpacked chunk) {
    var texts = chunk.texts();
    if (!texts.have(needle)) {
      return;
    }
    for (var i = 0; i < chunk.count(); i++) {
      if (chunk.levelCode(i) < Codes.level(query.atLeast()) || !texts.have(needle, i)) {
        continue;
      }
      var line = chunk.line(i);
      var place = new Place(job, line.position());
      if (isAhead(place) && query.matches(line) && !answer.take(place, line)) {
        return;
      }
    }
  }

  /** The first chunk may begin before the place where the query goes on. */
  private boolean isAhead(Place place) {
    var sameJob = place.job() == start.job() || query.scope() instanceof Scope.OneJob;
    return !sameJob || place.position().compareTo(start.position()) > 0;
  }
}
