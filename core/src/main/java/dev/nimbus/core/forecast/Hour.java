package dev.nimbus.core.forecast;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many jobs of a pool came in one hour.
 *
 * @param start the hour, in UTC
 * @param squares the squares of how many came in each of its minutes, summed up: what tells jobs
 *     that come together from jobs that come one by one
 */
public record Hour(Instant start, long jobs, long squares) {
  public Hour {
    if (!start.equals(start.truncatedTo(ChronoUnit.HOURS)) || jobs < 0 || squares < jobs) {
      throw new IllegalArgumentException(
          "Not an hour of jobs: %d from %s with squares of %d".formatted(jobs, start, squares));
    }
  }

  /** The same hour with those that came in one more minute of it. */
  public Hour plus(long inMinute) {
    return new Hour(start, jobs + inMinute, squares + inMinute * inMinute);
  }

  static long number(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 3600);
  }
}
