package dev.nimbus.bench.capacity;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Jobs of a company whose people work by day in one time zone: pushes of some jobs each, merge
 * trains, fan-outs of a monorepo, a nightly build; less on weekends and holidays, more every week.
 * The same seed always has the same jobs, however they are asked for day by day.
 */
public final class Workload {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final double[] DAY = {
    0.8, 0.5, 0.4, 0.4, 0.5, 0.8, 1.5, 4, 8, 10, 10.5, 9, 7.5, 9, 10, 10.5, 9.5, 7.5, 4.5, 3, 2.5,
    2, 1.6, 1.2
  };
  private static final double WEEKEND = 0.12;
  private static final double GROWTH_PER_WEEK = 1.01;
  private static final double JOBS_PER_PUSH = 4;

  /** With a median of three minutes, one of twenty takes longer than twenty-five. */
  private static final double MEDIAN_SECONDS = 180;

  private static final double SPREAD = Math.log(25.0 / 3) / 1.6449;
  private static final double LONGEST_SECONDS = Duration.ofHours(5).toSeconds();

  private final long seed;
  private final LocalDate first;
  private final double perDay;
  private final Set<LocalDate> holidays;

  /**
   * A workload.
   *
   * @param perDay jobs on an average day of a week
   */
  public Workload(long seed, LocalDate first, double perDay, Set<LocalDate> holidays) {
    this.seed = seed;
    this.first = first;
    this.perDay = perDay;
    this.holidays = Set.copyOf(holidays);
  }

  /** A job: when it comes and how long it runs, in milliseconds. */
  public record Job(long at, long runs) {}

  Instant start(int day) {
    return first.plusDays(day).atStartOfDay(ZONE).toInstant();
  }

  /** The jobs of a day, in the order in which they come. */
  List<Job> day(int day) {
    var random = new SplittableRandom(seed * 1_000_003 + day);
    var date = first.plusDays(day);
    var free =
        holidays.contains(date)
            || date.getDayOfWeek() == DayOfWeek.SATURDAY
            || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    var jobs = new ArrayList<Job>();
    var pushed = amount(random, day) * (free ? WEEKEND : 1);
    for (var hour = 0; hour < 24; hour++) {
      var share = pushed * DAY[hour] / 115.2 * Math.exp(0.1 * random.nextGaussian());
      var from = date.atTime(hour, 0).atZone(ZONE).toInstant().toEpochMilli();
      var pushes = poisson(share / JOBS_PER_PUSH, random);
      for (var push = 0; push < pushes; push++) {
        fanOut(jobs, from + random.nextInt(3_600_000), geometric(random), 5_000, random);
      }
    }
    if (!free) {
      bursts(jobs, date, random);
    }
    var night = date.atTime(2, 0).atZone(ZONE).toInstant().toEpochMilli();
    fanOut(jobs, night, (int) (perDay * 0.008), 60_000, random);
    jobs.sort(Comparator.comparingLong(Job::at));
    return jobs;
  }

  /** What is pushed on a working day. */
  private double amount(RandomGenerator random, int day) {
    var average = perDay * 0.9 * 7 / (5 + 2 * WEEKEND);
    return average
        * Math.pow(GROWTH_PER_WEEK, day / 7.0)
        * Math.exp(0.15 * random.nextGaussian() - 0.011);
  }

  /** Merge trains, wave after wave, and changes that concern everything. */
  private void bursts(List<Job> jobs, LocalDate date, RandomGenerator random) {
    var morning = date.atTime(9, 0).atZone(ZONE).toInstant().toEpochMilli();
    for (var train = 0; train < 6; train++) {
      var from = morning + random.nextInt(8 * 3_600_000);
      for (var wave = 0; wave < 4; wave++) {
        fanOut(jobs, from + wave * 90_000L, (int) (perDay * 0.0015), 10_000, random);
      }
    }
    for (var all = 0; all < 3; all++) {
      fanOut(
          jobs,
          morning + random.nextInt(8 * 3_600_000),
          (int) (perDay * (0.004 + 0.008 * random.nextDouble())),
          5_000,
          random);
    }
  }

  private static void fanOut(
      List<Job> jobs, long at, int count, int spread, RandomGenerator random) {
    for (var i = 0; i < count; i++) {
      var runs =
          Math.min(
              LONGEST_SECONDS,
              Math.max(5, MEDIAN_SECONDS * Math.exp(SPREAD * random.nextGaussian())));
      jobs.add(new Job(at + random.nextInt(spread), (long) (runs * 1_000)));
    }
  }

  private static int geometric(RandomGenerator random) {
    return 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / JOBS_PER_PUSH));
  }

  private static int poisson(double mean, RandomGenerator random) {
    if (mean > 200) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    var count = 0;
    for (var time = -Math.log(1 - random.nextDouble());
        time < mean;
        time -= Math.log(1 - random.nextDouble())) {
      count++;
    }
    return count;
  }
}
