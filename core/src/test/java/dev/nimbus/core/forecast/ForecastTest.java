package dev.nimbus.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ForecastTest {
  @Test
  void aSteadyPoolKeepsWhatPoissonSaysOfOneStartUp() {
    // 240 an hour are 6 in 90 seconds, of which 13 are exceeded in less than one case of a hundred.
    var stakes = new Stakes(1, 99);

    assertThat(Weeks.of(4, _ -> 240).machines(Duration.ofSeconds(90), stakes, 1_000)).isEqualTo(12);
  }

  @Test
  void theDearerWaitingTheMoreAreKept() {
    var weeks = Weeks.of(4, _ -> 240);
    var startUp = Duration.ofSeconds(90);

    assertThat(weeks.machines(startUp, new Stakes(100, 100), 1_000)).isEqualTo(6);
    assertThat(weeks.machines(startUp, new Stakes(0, 100), 1_000)).isGreaterThan(20);
    assertThat(weeks.machines(startUp, new Stakes(100, 0), 1_000)).isZero();
  }

  @Test
  void jobsThatComeTogetherNeedMoreThanJobsThatComeOneByOne() {
    var together = new Weeks();
    for (var ago = 4 * 168; ago > 0; ago--) {
      for (var push = 0; push < 12; push++) {
        together.together(ago, 20);
      }
    }

    assertThat(together.machines()).isGreaterThan(2 * Weeks.of(4, _ -> 240).machines());
  }

  @Test
  void whatHappenedInOneWeekOnlyIsNotExpectedAgain() {
    var usual = Weeks.of(6, _ -> 240).machines();

    assertThat(Weeks.of(6, _ -> 240).together(168, 5_000).machines()).isEqualTo(usual);
    assertThat(Weeks.of(6, _ -> 240).with(168, 5_000).machines()).isEqualTo(usual);
    assertThat(Weeks.of(6, _ -> 240).with(3, 5_000).machines()).isEqualTo(usual);
  }

  @Test
  void whatHappensEveryWeekAtThisHourIsExpected() {
    var weeks = Weeks.of(6, ago -> ago % 168 == 0 || ago % 168 == 1 ? 2_400 : 24);

    assertThat(weeks.machines()).isGreaterThan(60);
  }

  @Test
  void onAHolidayFewerAreKept() {
    var weeks = Weeks.of(6, ago -> ago < 12 ? 24 : 240);

    assertThat(weeks.machines()).isBetween(1, Weeks.of(6, _ -> 240).machines() / 2);
  }

  @Test
  void whenMoreComesThanUsualMoreAreKeptButNotWithoutBound() {
    var usual = Weeks.of(6, _ -> 240).machines();

    assertThat(Weeks.of(6, ago -> ago < 12 ? 480 : 240).machines()).isGreaterThan(usual);
    assertThat(Weeks.of(6, ago -> ago < 12 ? 72_000 : 240).machines())
        .isEqualTo(Weeks.of(6, ago -> ago < 12 ? 7_200 : 240).machines());
  }

  @Test
  void aPoolThatGrowsIsJudgedByItsLastWeeks() {
    var grown = Weeks.of(8, ago -> ago <= 4 * 168 ? 480 : 60);

    assertThat(grown.machines()).isEqualTo(Weeks.of(8, _ -> 480).machines());
  }

  @Test
  void lessThanAWeekIsNoHistory() {
    assertThat(Weeks.of(1, ago -> ago < 160 ? 500 : 0).machines()).isZero();
  }

  @Test
  void hoursBetweenTwoAreMixedOfBoth() {
    var weeks = Weeks.of(4, ago -> (168 * 8 - ago) % 168 == 0 ? 1_000 : 0).hours();
    var history = History.of(weeks, Weeks.NOON);
    var stakes = new Stakes(1, 1);
    var forecast = new Forecast(history, Duration.ofMinutes(1), stakes);

    assertThat(forecast.machines(Weeks.NOON.plusSeconds(30 * 60), 1_000)).isEqualTo(16);
    assertThat(forecast.machines(Weeks.NOON.plusSeconds(60 * 60), 1_000)).isBetween(6, 8);
  }

  @Test
  void aHourSaysWhatIsWrongWithIt() {
    var start = Weeks.NOON.plusSeconds(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hour(start, 3, 2))
        .withMessage("Not an hour of jobs: 3 from 2026-11-25T12:00:01Z with squares of 2");
  }
}
