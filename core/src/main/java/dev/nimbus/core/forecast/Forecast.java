package dev.nimbus.core.forecast;

import java.time.Duration;
import java.time.Instant;

/**
 * How many machines are worth keeping for jobs that have not come yet. Each job that comes takes
 * one, and the next is asked for then; so there have to be as many as jobs come while one starts,
 * often enough that one more would cost more than the waiting it spares.
 *
 * @param startUp from asking for a machine until it takes a job
 */
public record Forecast(History history, Duration startUp, Stakes stakes) {
  private static final double HOUR = 3600;

  /** Hours looked at to see whether today is as usual. */
  private static final int RECENT = 6;

  /** How many independent arrivals have to speak against today being as usual. */
  private static final double DOUBT = 10;

  private static final double HIGHEST_LEVEL = 3;

  /** How many to keep now, at most {@code max}; none where nothing is known of this hour. */
  public int machines(Instant now, int max) {
    var middle = now.plus(startUp.dividedBy(2)).getEpochSecond() / HOUR - 0.5;
    var perHour = history.usual(middle) * level();
    var mean = perHour * startUp.toMillis() / 1e3 / HOUR;
    return new Arrivals(mean, history.bunching()).covering(stakes.enough(), max);
  }

  /**
   * What comes today in proportion to what usually does, by the hour in the middle of the last
   * ones: on holidays less, when a team has grown more, and after a single burst as much as ever.
   */
  private double level() {
    var hours = new WeightedMedian();
    hours.add(1, DOUBT);
    for (var i = 1; i <= RECENT; i++) {
      var hour = history.end() - i;
      var usual = history.usual((double) hour);
      if (usual > 0) {
        hours.add(history.jobs(hour) / usual, usual / history.bunching());
      }
    }
    return Math.min(HIGHEST_LEVEL, hours.value(1));
  }
}
