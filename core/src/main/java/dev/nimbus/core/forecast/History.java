package dev.nimbus.core.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What jobs of a pool came in past hours. It begins with the first hour given; in hours that are
 * missing after that none came. Weeks count from its end, each for four fifths of the next one.
 */
public final class History {
  /** How far back it is looked at. */
  public static final Duration REACH = Duration.ofDays(7 * 8);

  static final int HOURS_PER_WEEK = 168;
  static final int WEEKS = 8;

  private static final double DECAY = 0.8;
  private static final int MINUTES = 60;

  private final Map<Long, Hour> hours = new HashMap<>();
  private final long first;
  private final long end;
  private final double bunching;

  private History(Collection<Hour> given, Instant until) {
    end = Hour.number(until);
    given.forEach(hour -> hours.put(Hour.number(hour.start()), hour));
    first = hours.keySet().stream().mapToLong(Long::longValue).min().orElse(end);
    bunching = lookForBunching();
  }

  /**
   * A history.
   *
   * @param until when it was last counted; only whole hours before it are used
   */
  public static History of(Collection<Hour> hours, Instant until) {
    return new History(hours, until);
  }

  /** The first hour that is not over. */
  long end() {
    return end;
  }

  long jobs(long hour) {
    var known = hours.get(hour);
    return known == null ? 0 : known.jobs();
  }

  /**
   * How many jobs usually come in an hour: what came at the same time of the week, in the weeks
   * before, of which the middle one counts, so that what happened once does not.
   *
   * @param at hours since 1970, from the middle of one to the middle of the next
   */
  double usual(double at) {
    var left = (long) Math.floor(at);
    var toTheRight = at - left;
    var weeks = new WeightedMedian();
    var weight = 1.0;
    for (var week = 1; week <= WEEKS; week++, weight *= DECAY) {
      var hour = left - (long) week * HOURS_PER_WEEK;
      if (hour >= first && hour + 1 < end) {
        weeks.add((1 - toTheRight) * jobs(hour) + toTheRight * jobs(hour + 1), weight);
      }
    }
    return weeks.value(0);
  }

  /** How many jobs usually come at once, as far as that matters for how their number varies. */
  double bunching() {
    return bunching;
  }

  private double lookForBunching() {
    var weeks = new WeightedMedian();
    var weight = 1.0;
    for (var week = 0; week < WEEKS; week++, weight *= DECAY) {
      var jobs = 0.0;
      var excess = 0.0;
      for (var i = 1; i <= HOURS_PER_WEEK; i++) {
        var hour = hours.get(end - (long) week * HOURS_PER_WEEK - i);
        if (hour != null) {
          jobs += hour.jobs();
          excess += hour.squares() - (double) hour.jobs() * hour.jobs() / MINUTES;
        }
      }
      if (jobs > 0) {
        weeks.add(excess / jobs, weight);
      }
    }
    return Math.max(1, weeks.value(1));
  }
}
