package dev.nimbus.adapters.logs;

import dev.nimbus.core.log.Line;

/** How enumerations are stored. These numbers are on disk and never change. */
final class Codes {
  private static final int NIMBUS = 1 << 2;
  private static final int COMPLETE = 1 << 3;

  private Codes() {}

  static int level(Line.Level level) {
    return switch (level) {
      case DEBUG -> 0;
      case INFO -> 1;
      case WARN -> 2;
      case ERROR -> 3;
    };
  }

  /** Level, source and completeness of a line in the low four bits. */
  static int flags(Line line) {
    return level(line.level())
        | (line.source() == Line.Source.NIMBUS ? NIMBUS : 0)
        | (line.complete() ? COMPLETE : 0);
  }

  static int levelCode(int flags) {
    return flags & 3;
  }

  static Line.Level level(int flags) {
    return switch (flags & 3) {
      case 0 -> Line.Level.DEBUG;
      case 1 -> Line.Level.INFO;
      case 2 -> Line.Level.WARN;
      default -> Line.Level.ERROR;
    };
  }

  static Line.Source source(int flags) {
    return (flags & NIMBUS) == 0 ? Line.Source.CONSOLE : Line.Source.NIMBUS;
  }

  static boolean complete(int flags) {
    return (flags & COMPLETE) != 0;
  }
}
