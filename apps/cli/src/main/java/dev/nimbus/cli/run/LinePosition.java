package dev.nimbus.cli.run;

/** Where a line stands in the log of a job. */
record LinePosition(long attempt, long sequence) {
  /** Before the first line. */
  static final LinePosition NONE = new LinePosition(-1, -1);

  /** Reads {@code <attempt>.<sequence>}. */
  static LinePosition parse(String id) {
    var dot = id.indexOf('.');
    return new LinePosition(
        Long.parseLong(id, 0, dot, 10), Long.parseLong(id, dot + 1, id.length(), 10));
  }

  boolean after(LinePosition other) {
    return attempt > other.attempt || (attempt == other.attempt && sequence > other.sequence);
  }

  /** The position as the service knows it; nothing before the first line. */
  String text() {
    return attempt < 0 ? "" : attempt + "." + sequence;
  }
}
