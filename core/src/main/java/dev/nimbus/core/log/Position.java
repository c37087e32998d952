package dev.nimbus.core.log;

import dev.nimbus.core.id.Fence;

/** A place in a job's log: after this line of this attempt. */
public record Position(Fence attempt, long sequence) implements Comparable<Position> {
  public static final Position START = new Position(Fence.NONE, 0);

  @Override
  public int compareTo(Position other) {
    var byAttempt = attempt.compareTo(other.attempt);
    return byAttempt != 0 ? byAttempt : Long.compare(sequence, other.sequence);
  }
}
