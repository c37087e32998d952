package dev.nimbus.controlplane.http;

import dev.nimbus.core.cost.Period;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import java.time.Instant;
import java.time.LocalDate;

/** The days a report is about. */
final class Days {
  /** Stands for a day that is not given. */
  private static final LocalDate ABSENT = LocalDate.MIN;

  static final Parameter<LocalDate> FROM =
      Parameter.day("from", "The first day, in UTC; that of this month when absent.", ABSENT);
  static final Parameter<LocalDate> TO =
      Parameter.day(
          "to",
          "The day after the last, at most 400 after the first; a month after it when absent.",
          ABSENT);

  private Days() {}

  /** Those that were asked for. */
  static Period of(Request request, Instant now) {
    var from = request.value(FROM);
    var first = from.equals(ABSENT) ? Period.monthOf(now).from() : from;
    var to = request.value(TO);
    return new Period(first, to.equals(ABSENT) ? first.plusMonths(1) : to);
  }
}
