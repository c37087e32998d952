package dev.nimbus.core.log;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import java.util.List;

/** Lines of one attempt of one job, in rising order of sequence; at least one. */
public record Batch(List<Line> lines) {
  public Batch {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("A batch has no lines");
    }
    for (var i = 1; i < lines.size(); i++) {
      check(lines.get(i - 1), lines.get(i), i);
    }
  }

  public JobId job() {
    return lines.getFirst().job();
  }

  public Fence attempt() {
    return lines.getFirst().attempt();
  }

  private static void check(Line previous, Line next, int index) {
    if (!next.job().equals(previous.job()) || !next.attempt().equals(previous.attempt())) {
      throw new IllegalArgumentException(
          "Line " + index + " of a batch belongs to another attempt: " + next.attempt());
    }
    if (next.sequence() <= previous.sequence()) {
      throw new IllegalArgumentException(
          "Line %d of a batch has sequence %d after %d"
              .formatted(index, next.sequence(), previous.sequence()));
    }
  }
}
