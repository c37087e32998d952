package dev.nimbus.adapters.logs;

import java.time.Duration;

/**
 * How much the embedded log store may hold and do.
 *
 * @param maxBytes beyond this the oldest lines go, at the next {@link EmbeddedLogStore#tidy}
 * @param hardBytes beyond this appending is refused until there is room
 * @param chunkBytes how much text goes into one chunk, roughly
 * @param scanBytes how much text one query may decompress
 * @param answerChars how many characters one answer may have
 * @param quiet how long after its last line an attempt counts as at rest
 */
public record StoreLimits(
    long maxBytes,
    long hardBytes,
    int chunkBytes,
    long scanBytes,
    long answerChars,
    Duration quiet) {
  private static final long MIB = 1024 * 1024;

  /** Usual limits for a store of this size. */
  public static StoreLimits upTo(long maxBytes) {
    var slack = Math.max(maxBytes / 4, 64 * MIB);
    return new StoreLimits(
        maxBytes, maxBytes + slack, 64 * 1024, 256 * MIB, 2 * MIB, Duration.ofMinutes(1));
  }
}
