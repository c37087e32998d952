package dev.nimbus.core.log;

import java.util.List;

/** What a query found, and where it stopped. */
public record Found(List<Line> lines, Rest rest) {
  public Found {
    lines = List.copyOf(lines);
  }

  /** What the query did not get to. */
  public sealed interface Rest {
    /** Every line there was has been looked at. */
    record Nothing() implements Rest {}

    /**
     * There may be more.
     *
     * @param scope the same query with this scope goes on where this one stopped
     */
    record More(LogQuery.Scope scope, Bound bound) implements Rest {}
  }

  /** Why a query stopped early. */
  public enum Bound {
    /** The answer is full. */
    ANSWER,
    /** It looked at as much as one query may; the answer may be short or even empty. */
    WORK
  }
}
