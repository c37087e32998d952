package dev.nimbus.adapters.logs;

/** A chunk ready to be stored: lines of one attempt, in order, compressed and summarised. */
final class Packed {
  final long first;
  final long last;
  final int lines;
  final Extent extent;
  final int rawBytes;
  final byte[] filter;
  final byte[] body;

  Packed(
      long first, long last, int lines, Extent extent, int rawBytes, byte[] filter, byte[] body) {
    this.first = first;
    this.last = last;
    this.lines = lines;
    this.extent = extent;
    this.rawBytes = rawBytes;
    this.filter = filter;
    this.body = body;
  }

  /** The range of times, in whole seconds, and the highest level among lines. */
  record Extent(long minSecond, long maxSecond, int level) {
    static final Extent NONE = new Extent(Long.MAX_VALUE, Long.MIN_VALUE, 0);

    Extent with(long second, int lineLevel) {
      return new Extent(
          Math.min(minSecond, second), Math.max(maxSecond, second), Math.max(level, lineLevel));
    }
  }
}
