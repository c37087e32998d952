package dev.nimbus.core.log;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import java.time.Instant;

/**
 * One line a job printed, or a part of one.
 *
 * @param attempt the fence under which the job ran; orders before the sequence
 * @param sequence counts up from one within an attempt; together with it names the line
 * @param text without its line break; any characters, but a surrogate without its other half is
 *     replaced by U+FFFD
 * @param complete false when the line goes on in the next sequence
 */
public record Line(
    JobId job,
    Fence attempt,
    long sequence,
    Instant at,
    Source source,
    Level level,
    String text,
    boolean complete) {
  /** Longer lines are cut into parts. */
  public static final int MAX_CHARS = 64 * 1024;

  public Line {
    text = Text.wellFormed(text);
    if (sequence < 1) {
      throw new IllegalArgumentException("A line's sequence starts at 1: " + sequence);
    }
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "A line has " + text.length() + " characters (at most " + MAX_CHARS + ")");
    }
  }

  public Position position() {
    return new Position(attempt, sequence);
  }

  /** Who printed it. */
  public enum Source {
    /** The job, output and error in the order written. */
    CONSOLE,
    /** Nimbus, about the job. */
    NIMBUS
  }

  /** How much it matters, as far as its text tells. In rising order. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
