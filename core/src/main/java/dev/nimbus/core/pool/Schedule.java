package dev.nimbus.core.pool;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hours of the week in which a pool keeps another number of machines waiting.
 *
 * @param days on which it begins
 * @param until on the next day when it is not after {@code from}
 */
public record Schedule(
    Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone, int minIdle) {
  public Schedule {
    days = Collections.unmodifiableSet(new TreeSet<>(days));
    if (days.isEmpty() || minIdle < 0) {
      throw new IllegalArgumentException(
          "A schedule needs days, and to keep 0 machines or more: " + days + ", " + minIdle);
    }
  }

  /** Whether it is in force. */
  public boolean holds(Instant at) {
    var local = at.atZone(zone);
    var time = local.toLocalTime();
    var today = days.contains(local.getDayOfWeek());
    if (from.isBefore(until)) {
      return today && !time.isBefore(from) && time.isBefore(until);
    }
    var yesterday = days.contains(local.getDayOfWeek().minus(1));
    return (today && !time.isBefore(from)) || (yesterday && time.isBefore(until));
  }
}
