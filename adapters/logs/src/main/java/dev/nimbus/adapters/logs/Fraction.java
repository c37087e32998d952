package dev.nimbus.adapters.logs;

import java.time.Instant;
import java.time.temporal.ChronoField;

/** How finely a time is written down: most clocks do not use all nine digits. */
enum Fraction {
  NANOS(0, 1),
  MICROS(1, 1_000),
  MILLIS(2, 1_000_000);

  private final int code;
  private final int nanos;

  Fraction(int code, int nanos) {
    this.code = code;
    this.nanos = nanos;
  }

  static Fraction of(Instant at) {
    var nanos = nanosOf(at);
    if (nanos % MILLIS.nanos == 0) {
      return MILLIS;
    }
    return nanos % MICROS.nanos == 0 ? MICROS : NANOS;
  }

  static Fraction of(int code) {
    return switch (code) {
      case 0 -> NANOS;
      case 1 -> MICROS;
      default -> MILLIS;
    };
  }

  static int nanosOf(Instant at) {
    return at.get(ChronoField.NANO_OF_SECOND);
  }

  /** On disk; never changes. */
  int code() {
    return code;
  }

  int nanos() {
    return nanos;
  }
}
