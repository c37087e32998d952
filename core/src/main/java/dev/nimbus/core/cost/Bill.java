package dev.nimbus.core.cost;

import dev.nimbus.core.cost.Split.Part;
import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What one machine costs: the time that is paid for at its price, each moment of it at the day it
 * falls on. So days, and with them months, add up to the whole without a rest, and the unused end
 * of a paid block may fall on a day after the machine's last.
 *
 * @param microsPerHour in millionths of a US dollar; negative when nobody knows: then it has time
 *     and no cost
 */
public record Bill(long microsPerHour, Billing billing, Life life) {
  /** A million dollars an hour: beyond it sums need not be exact. */
  public static final long DEAREST = 1_000_000_000_000L;

  private static final long MILLIS_PER_HOUR = 3_600_000;

  /** By day, in order; at least one. */
  public List<Booking> bookings() {
    var bookings = new ArrayList<Booking>();
    var first = day(life.began());
    var end = paidUntil();
    for (var day = first; !day.isAfter(first) || start(day).isBefore(end); day = day.plusDays(1)) {
      bookings.add(booking(day, day.equals(first), end));
    }
    return bookings;
  }

  /** Whether somebody knows the price. */
  public boolean priced() {
    return microsPerHour >= 0;
  }

  /** The whole, in millionths of a US dollar. */
  public long total() {
    return spent(paidUntil());
  }

  /** Until when the machine is paid for. */
  Instant paidUntil() {
    return life.gone() ? life.began().plus(paid(age(life.until()))) : life.until();
  }

  private Duration paid(Duration age) {
    return switch (billing) {
      case Billing.PerSecond(var atLeast) -> longer(age, atLeast);
      case Billing.Committed(var atLeast) -> longer(age, atLeast);
      case Billing.Blocks(var block) -> {
        var length = Math.max(1, block.toMillis());
        var begun = Math.max(1, Math.ceilDiv(age.toMillis(), length));
        yield longer(age, Duration.ofMillis(begun * length));
      }
      case Billing.Owned() -> age;
    };
  }

  private Booking booking(LocalDate day, boolean first, Instant end) {
    var from = first ? life.began() : start(day);
    var until = earlier(start(day.plusDays(1)), end);
    var cuts = new TreeSet<Instant>(List.of(from, until));
    cuts.add(within(life.until(), from, until));
    life.worked()
        .ifPresent(
            worked -> {
              cuts.add(within(worked.from(), from, until));
              cuts.add(within(worked.until().orElse(life.until()), from, until));
            });
    var split = Split.NONE;
    var last = from;
    for (var cut : cuts) {
      split = split.plus(Split.of(part(last), spent(cut) - spent(last)));
      last = cut;
    }
    return new Booking(day, first, split, age(until).toMillis() - age(from).toMillis());
  }

  /** What the time from this moment to the next cut is for. */
  private Part part(Instant at) {
    if (life.failed()) {
      return Part.FAILED;
    }
    if (!at.isBefore(life.until())) {
      return Part.IDLE;
    }
    var before = life.warm() ? Part.WARM : Part.IDLE;
    return life.worked()
        .map(worked -> at.isBefore(worked.from()) ? before : during(worked, at))
        .orElse(before);
  }

  private Part during(Worked worked, Instant at) {
    if (worked.until().isPresent()) {
      return at.isBefore(worked.until().get()) ? Part.JOB : Part.IDLE;
    }
    return life.ended().isPresent() ? Part.FAILED : Part.JOB;
  }

  /** From the beginning until then, rounded down, so that what lies between adds up. */
  private long spent(Instant until) {
    var price = Math.clamp(microsPerHour, 0, DEAREST);
    var millis = age(until).toMillis();
    return price / MILLIS_PER_HOUR * millis + price % MILLIS_PER_HOUR * millis / MILLIS_PER_HOUR;
  }

  private Duration age(Instant at) {
    return Duration.between(life.began(), at);
  }

  private static Instant within(Instant at, Instant from, Instant until) {
    return at.isBefore(from) ? from : earlier(at, until);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static LocalDate day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
