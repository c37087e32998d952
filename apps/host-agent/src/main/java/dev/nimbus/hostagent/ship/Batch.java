package dev.nimbus.hostagent.ship;

import dev.nimbus.api.log.LogLine;
import java.util.List;

/** Lines to send together. Never empty. */
record Batch(List<Entry> entries) {
  static final int MAX_LINES = 1_000;
  static final int MAX_CHARS = 256 * 1024;

  Batch {
    entries = List.copyOf(entries);
  }

  List<LogLine> lines() {
    return entries.stream().map(Entry::line).toList();
  }

  /** A line on its way, and where the log is once it is stored. */
  record Entry(LogLine line, Place after) {
    int chars() {
      return line.text().length();
    }
  }
}
