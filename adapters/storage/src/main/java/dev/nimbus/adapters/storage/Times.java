package dev.nimbus.adapters.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as both databases keep them: microseconds since 1970, the far ends of time at ±2^63. */
final class Times {
  static final Instant LATEST = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

  private Times() {}

  static long micros(Instant instant) {
    if (!instant.isBefore(LATEST)) {
      return Long.MAX_VALUE;
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  static Instant instant(long micros) {
    return micros == Long.MAX_VALUE ? Instant.MAX : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The instant as it will be read back. */
  static Instant stored(Instant instant) {
    return instant(micros(instant));
  }
}
