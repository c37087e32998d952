package dev.nimbus.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three weeks after three weeks of history, with a fifth of the jobs of the whole measurement. */
final class ComparisonTest {
  private static final long SEED = 7;
  private static final int DAYS = 21;
  private static final long WAITING = 10_000_000;

  private final Comparison metered = new Comparison(Cloud.METERED, SEED, 1_500, DAYS);
  private final Comparison hourly = new Comparison(Cloud.HOURLY, SEED, 500, DAYS);

  @Test
  void aForecastCostsLessThanTheFixedPoolThatIsAsGoodByTheSecond() {
    beats(metered);
  }

  @Test
  void aForecastCostsLessThanTheFixedPoolThatIsAsGoodByStartedHours() {
    beats(hourly);
  }

  @Test
  void withoutMachinesThatWaitEveryJobWaitsForAStart() {
    var none = metered.without();

    assertThat(none.p50Seconds()).isBetween(40.0, 110.0);
    assertThat(none.idle()).isLessThan(0.001);
    assertThat(none.dollars()).isLessThan(metered.predicted(WAITING, Duration.ZERO).dollars());
  }

  @Test
  void aForecastForAnotherTimeOfDayLosesAgainstTheFixedPool() {
    var right = metered.predicted(WAITING, Duration.ZERO);
    var fixed = metered.fixed(metered.fixedAsGoodAs(right) - 1);

    var wrong = metered.predicted(WAITING, Duration.ofHours(12));

    assertThat(right.beats(fixed)).isTrue();
    assertThat(wrong.beats(fixed)).isFalse();
    assertThat(wrong.meanSeconds()).isGreaterThan(2 * right.meanSeconds());
  }

  @Test
  void theDearerWaitingTheLessOfItAndTheMoreMachinesWait() {
    var cheap = metered.predicted(2_000_000, Duration.ZERO);
    var dear = metered.predicted(50_000_000, Duration.ZERO);

    assertThat(dear.meanSeconds()).isLessThan(cheap.meanSeconds() / 3);
    assertThat(dear.dollars()).isGreaterThan(cheap.dollars());
    assertThat(dear.idle()).isGreaterThan(cheap.idle());
  }

  @Test
  void everyJobIsServedUnderEveryPolicyAndASeedGoesOneWay() {
    var again = new Comparison(Cloud.METERED, SEED, 1_500, DAYS);

    assertThat(again.fixed(5).dollars()).isEqualTo(metered.fixed(5).dollars());
    assertThat(metered.without().jobs()).isEqualTo(metered.fixed(5).jobs());
  }

  @Test
  void jobsRunAsLongAsInPublishedFigures() {
    var workload = new Workload(SEED, LocalDate.of(2026, 9, 7), 10_000, Set.of());
    var seconds =
        IntStream.range(0, 7)
            .mapToObj(workload::day)
            .flatMap(jobs -> jobs.stream())
            .mapToDouble(job -> job.runs() / 1e3)
            .sorted()
            .toArray();

    assertThat(seconds.length / 7).isBetween(8_500, 11_500);
    assertThat(seconds[seconds.length / 2]).isBetween(170.0, 190.0);
    assertThat(seconds[seconds.length * 19 / 20]).isBetween(1_400.0, 1_600.0);
  }

  /** A pool with one machine less has longer waits and costs more; the one as good does too. */
  private static void beats(Comparison comparison) {
    var ours = comparison.predicted(WAITING, Duration.ZERO);
    var size = comparison.fixedAsGoodAs(ours);

    assertThat(comparison.fixed(size).p95Seconds()).isLessThanOrEqualTo(ours.p95Seconds());
    assertThat(ours.dollars()).isLessThan(comparison.fixed(size).dollars());
    assertThat(ours.beats(comparison.fixed(size - 1)))
        .as("%s against %d: %s", ours, size - 1, comparison.fixed(size - 1))
        .isTrue();
  }
}
