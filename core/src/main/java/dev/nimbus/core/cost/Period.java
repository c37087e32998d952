package dev.nimbus.core.cost;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Whole days (UTC).
 *
 * @param to the first day after it
 */
public record Period(LocalDate from, LocalDate to) {
  public static final int MOST_DAYS = 400;

  public Period {
    var days = ChronoUnit.DAYS.between(from, to);
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException(
          "A period has 1 to %d days: from %s to %s, which is not in it, are %d"
              .formatted(MOST_DAYS, from, to, days));
    }
  }

  /** The calendar month of an instant. */
  public static Period monthOf(Instant at) {
    var first = at.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    return new Period(first, first.plusMonths(1));
  }

  public Instant begins() {
    return from.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The first instant after it. */
  public Instant ends() {
    return to.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  public boolean contains(LocalDate day) {
    return !day.isBefore(from) && day.isBefore(to);
  }
}
