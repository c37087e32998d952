package dev.nimbus.adapters.forges.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Tells an answer that is about limits from one that is about permissions. Pure. */
final class Limited {
  private static final int TOO_MANY = 429;
  private static final int FORBIDDEN = 403;
  private static final Duration UNSAID = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(2);

  private Limited() {}

  /** Until when the forge wants to be left alone; empty when the answer is about something else. */
  static Optional<Instant> until(Reply reply, Instant now) {
    var wait = retryAfter(reply, now);
    var spent = reply.header("x-ratelimit-remaining").equals("0");
    var limited =
        reply.status() == TOO_MANY
            || (reply.status() == FORBIDDEN && (wait.isPresent() || spent || saysSo(reply)));
    if (!limited) {
      return Optional.empty();
    }
    var until = wait.or(() -> spent ? reset(reply) : Optional.empty()).orElse(now.plus(UNSAID));
    return Optional.of(bounded(until, now));
  }

  /** When to come back, in seconds or as a date. */
  private static Optional<Instant> retryAfter(Reply reply, Instant now) {
    var text = reply.header("retry-after").strip();
    var seconds = number(text);
    if (seconds.isPresent() || text.isEmpty()) {
      return seconds.map(some -> now.plusSeconds(Math.min(some, LONGEST.toSeconds())));
    }
    try {
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(date.toInstant());
    } catch (DateTimeException e) {
      return Optional.of(now.plus(UNSAID)); // Asked to wait, in words we do not know.
    }
  }

  private static Optional<Instant> reset(Reply reply) {
    return number(reply.header("x-ratelimit-reset")).map(Instant::ofEpochSecond);
  }

  /** GitHub's secondary limits may come without a header. */
  private static boolean saysSo(Reply reply) {
    return reply.told().toLowerCase(Locale.ROOT).contains("rate limit");
  }

  private static Instant bounded(Instant until, Instant now) {
    var soonest = now.plusSeconds(1);
    var latest = now.plus(LONGEST);
    return until.isBefore(soonest) ? soonest : until.isAfter(latest) ? latest : until;
  }

  /** A whole number of at most ten digits. */
  static Optional<Long> number(String text) {
    var digits = text.strip();
    return digits.matches("\\d{1,10}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
