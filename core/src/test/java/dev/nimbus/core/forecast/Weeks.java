package dev.nimbus.core.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Hours of jobs, told piece by piece; counted from weeks before noon on a Wednesday. */
final class Weeks {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final Stakes STAKES = new Stakes(200_000, 20_000_000);

  private final TreeMap<Long, Hour> hours = new TreeMap<>();

  /** So many weeks of jobs one by one, as many as the function says of an hour before noon. */
  static Weeks of(int weeks, LongUnaryOperator jobs) {
    var all = new Weeks();
    for (var ago = weeks * 168L; ago > 0; ago--) {
      all.with(ago, jobs.applyAsLong(ago));
    }
    return all;
  }

  /** So many jobs more, spread over the hour that began so many hours ago. */
  Weeks with(long hoursAgo, long jobs) {
    for (var minute = 0; minute < 60; minute++) {
      together(hoursAgo, jobs * (minute + 1) / 60 - jobs * minute / 60);
    }
    return this;
  }

  /** So many jobs more in one minute. */
  Weeks together(long hoursAgo, long jobs) {
    var start = NOON.minus(Duration.ofHours(hoursAgo));
    hours.merge(hoursAgo, new Hour(start, 0, 0).plus(jobs), (old, _) -> old.plus(jobs));
    return this;
  }

  List<Hour> hours() {
    return new ArrayList<>(hours.values());
  }

  int machines(Duration startUp, Stakes stakes, int max) {
    return new Forecast(History.of(hours(), NOON), startUp, stakes).machines(NOON, max);
  }

  int machines() {
    return machines(Duration.ofSeconds(90), STAKES, 1_000);
  }
}
