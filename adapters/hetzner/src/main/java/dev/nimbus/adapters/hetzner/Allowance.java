package dev.nimbus.adapters.hetzner;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many more calls the project may make, by what Hetzner says with every answer; whoever else
 * uses the project takes from the same. It comes back evenly, so many in an hour. Thread-safe.
 */
final class Allowance {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** Of the whole: what is left to listing and ending machines when making them has to wait. */
  private static final int KEPT = 20;

  private final InstantSource time;
  private long limit;
  private long remaining;
  private Instant seen = Instant.EPOCH;

  Allowance(InstantSource time) {
    this.time = time;
  }

  /** Takes note of an answer. */
  synchronized void learn(HttpHeaders headers) {
    var total = number(headers, "RateLimit-Limit");
    var left = number(headers, "RateLimit-Remaining");
    if (total > 0 && left >= 0) {
      limit = total;
      remaining = Math.min(left, total);
      seen = time.instant();
    }
  }

  /** How long to wait with what can wait; zero where nothing is known. */
  synchronized Duration pause(Instant now) {
    if (limit == 0) {
      return Duration.ZERO;
    }
    var back = Math.max(0, Duration.between(seen, now).toMillis()) * limit / HOUR_MILLIS;
    var missing = Math.max(1, limit / KEPT) - (remaining + back);
    return missing <= 0 ? Duration.ZERO : Duration.ofMillis(missing * HOUR_MILLIS / limit);
  }

  /** In words. */
  synchronized String left() {
    return "%d of %d calls an hour were left".formatted(remaining, limit);
  }

  private static long number(HttpHeaders headers, String name) {
    return headers.firstValue(name).filter(text -> text.matches("\\d{1,9}")).stream()
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(-1);
  }
}
