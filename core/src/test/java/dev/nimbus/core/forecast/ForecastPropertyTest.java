package dev.nimbus.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds of every forecast. */
final class ForecastPropertyTest {
  @Property(tries = 200)
  void thereAreNeverMoreThanThePoolMayHave(
      @ForAll long seed, @ForAll @IntRange(max = 200) int max) {
    assertThat(random(seed).machines(Duration.ofSeconds(200), Weeks.STAKES, max)).isBetween(0, max);
  }

  @Property(tries = 200)
  void moreJobsAtThisHourOfAnyWeekNeverMeanFewer(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int week) {
    var fewer = sixWeeks(seed);
    var more = sixWeeks(seed).with(week * 168L, 10);

    assertThat(more.machines()).isGreaterThanOrEqualTo(fewer.machines());
  }

  @Property(tries = 200)
  void moreJobsTodayNeverMeanFewer(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int hour) {
    var more = random(seed).with(hour, 10).machines();

    assertThat(more).isGreaterThanOrEqualTo(random(seed).machines());
  }

  @Property(tries = 200)
  void whatNeverHappenedIsNotPreparedFor(@ForAll long seed) {
    var random = new Random(seed);
    var hours = 2 + random.nextInt(80);
    var nothingNow = Weeks.of(5, ago -> ago % 168 < hours || ago % 168 > 166 ? 0 : 1 + ago % 50);

    assertThat(nothingNow.machines()).isZero();
    assertThat(new Weeks().machines()).isZero();
  }

  @Property(tries = 200)
  void theOrderOfHoursMeansNothing(@ForAll long seed) {
    var hours = random(seed).hours();
    var shuffled = new ArrayList<>(hours);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(machines(shuffled)).isEqualTo(machines(hours));
  }

  @Property(tries = 300)
  void moreIsCoveredByMore(
      @ForAll @DoubleRange(min = 0, max = 3_000) double mean,
      @ForAll @DoubleRange(min = 1, max = 40) double bunching,
      @ForAll @DoubleRange(min = 0.4, max = 0.99) double probability) {
    var covering = new Arrivals(mean, bunching).covering(probability, 100_000);

    assertThat(new Arrivals(mean * 1.1, bunching).covering(probability, 100_000))
        .isGreaterThanOrEqualTo(covering);
    assertThat(new Arrivals(mean, bunching).covering(probability + 0.009, 100_000))
        .isGreaterThanOrEqualTo(covering);
  }

  @Property(tries = 50)
  void coveringAgreesWithCountingDraws(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int pushes,
      @ForAll @IntRange(min = 1, max = 8) int together) {
    var random = new Random(seed);
    var covering = new Arrivals(pushes * together, together).covering(0.9, 100_000);
    var covered = 0;
    for (var i = 0; i < 2_000; i++) {
      covered += poisson(pushes, random) * together <= covering ? 1 : 0;
    }

    assertThat(covered / 2_000.0).isBetween(0.84, 0.97);
  }

  private static int poisson(double mean, Random random) {
    var jobs = 0;
    var time = -Math.log(random.nextDouble());
    while (time < mean) {
      jobs++;
      time -= Math.log(random.nextDouble());
    }
    return jobs;
  }

  private static int machines(Collection<Hour> hours) {
    return new Forecast(History.of(hours, Weeks.NOON), Duration.ofMinutes(2), Weeks.STAKES)
        .machines(Weeks.NOON, 500);
  }

  private static Weeks sixWeeks(long seed) {
    var random = new Random(seed);
    return Weeks.of(6, _ -> random.nextInt(1_000));
  }

  /** Up to six weeks of jobs that come one by one. */
  private static Weeks random(long seed) {
    var random = new Random(seed);
    var most = 1 + random.nextInt(1_000);
    return Weeks.of(random.nextInt(7), _ -> random.nextInt(most));
  }
}
