package dev.nimbus.core.log;

import dev.nimbus.core.id.Fence;

/** A place in a job's log: after this line of this attempt. */
public record Position(Fence attempt, long sequence) implements Comparable<Position> {
  public static final Position START = new Position(Fence.NONE, 0);

  public Position {
    if (sequence < 0) {
      throw new IllegalArgumentException("A position's sequence is not negative: " + sequence);
    }
  }

  /** Reads {@code <attempt>.<sequence>}, as {@link #toString} writes it. */
  public static Position parse(String text) {
    var dot = text.indexOf('.');
    try {
      var attempt = Long.parseLong(text.substring(0, Math.max(dot, 0)));
      return new Position(new Fence(attempt), Long.parseLong(text.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Not a position in a log: '" + text + "' (<attempt>.<sequence>)", e);
    }
  }

  @Override
  public String toString() {
    return attempt + "." + sequence;
  }

  @Override
  public int compareTo(Position other) {
    var byAttempt = attempt.compareTo(other.attempt);
    return byAttempt != 0 ? byAttempt : Long.compare(sequence, other.sequence);
  }
}
