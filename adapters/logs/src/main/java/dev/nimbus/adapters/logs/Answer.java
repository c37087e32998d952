package dev.nimbus.adapters.logs;

import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import java.util.ArrayList;
import java.util.List;

/** Lines found so far, and how much work that took. */
final class Answer {
  private final LogQuery query;
  private final StoreLimits limits;
  private final List<Line> lines = new ArrayList<>();
  private long chars;
  private long scanned;
  private Found.Rest rest = new Found.Rest.Nothing();

  Answer(LogQuery query, StoreLimits limits) {
    this.query = query;
    this.limits = limits;
  }

  /** Counts work; false when that was too much, and the query must stop here. */
  boolean mayGoOn(Place done, long bytes) {
    scanned += bytes;
    if (scanned >= limits.scanBytes()) {
      stop(done, Found.Bound.WORK);
    }
    return !stopped();
  }

  /** Takes a line that matches; false when there is room for no other. */
  boolean take(Place place, Line line) {
    lines.add(line);
    chars += line.text().length();
    if (lines.size() == query.limit() || chars >= limits.answerChars()) {
      stop(place, Found.Bound.ANSWER);
    }
    return !stopped();
  }

  boolean stopped() {
    return rest instanceof Found.Rest.More;
  }

  Found found() {
    return new Found(lines, rest);
  }

  private void stop(Place place, Found.Bound bound) {
    rest = new Found.Rest.More(place.rest(query.scope()), bound);
  }
}
