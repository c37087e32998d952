package dev.nimbus.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.placement.CellHealth.Trouble;
import dev.nimbus.core.provider.Launch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellHealthTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @Test
  void aCellOutOfCapacityRestsForFiveMinutesThenTenThenFifteen() {
    assertThat(rests(Trouble.CAPACITY, CellHealth.sound(), 4)).containsExactly(5L, 10L, 15L, 15L);
  }

  @Test
  void threeFailuresInARowMakeACellRestForAMinuteAndThenTwiceAsLong() {
    var twice = failed(failed(CellHealth.sound()));
    assertThat(twice.mayLaunch(NOON, 9)).isEqualTo(Integer.MAX_VALUE);

    assertThat(rests(Trouble.FAILURE, twice, 7)).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void aSuccessBetweenFailuresStartsTheCountAnew() {
    var health = failed(failed(failed(failed(CellHealth.sound())).succeeded(NOON)));

    assertThat(health).isEqualTo(new CellHealth.Sound(2));
  }

  @Test
  void aRestedCellIsTriedWithExactlyOneMachineUntilItIsReady() {
    var health = CellHealth.sound().failed(Trouble.CAPACITY, "none", NOON);
    var later = NOON.plus(Duration.ofMinutes(5));

    assertThat(health.mayLaunch(later.minusMillis(1), 0)).isZero();
    assertThat(health.mayLaunch(later, 0)).isEqualTo(1);
    assertThat(health.mayLaunch(later, 1)).isZero();
    assertThat(health.succeeded(later).mayLaunch(later, 1)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aMachineAskedForBeforeTheTroubleProvesNothingByComingUp() {
    var health = CellHealth.sound().failed(Trouble.CAPACITY, "none", NOON);

    assertThat(health.succeeded(NOON.minusSeconds(60))).isEqualTo(health);
  }

  @Test
  void manyFailuresAtOnceMakeOneRest() {
    var once = CellHealth.sound().failed(Trouble.CAPACITY, "none", NOON);

    assertThat(once.failed(Trouble.CAPACITY, "none", NOON.plusSeconds(1))).isEqualTo(once);
  }

  @Test
  void aLongerRestForAnotherTroubleHolds() {
    var health = CellHealth.sound().failed(Trouble.CAPACITY, "none", NOON);

    assertThat(health.alarming()).isFalse();
    assertThat(health.failed(Trouble.QUOTA, "10 of 10", NOON))
        .isEqualTo(new CellHealth.Resting(Trouble.QUOTA, 1, NOON.plusSeconds(1_800), "10 of 10"))
        .matches(CellHealth::alarming);
  }

  @Test
  void onlyAnswersAboutTheCellChangeItsHealth() {
    var sound = CellHealth.sound();

    assertThat(sound.after(new Launch.Throttled("slowly", Duration.ofSeconds(9)), NOON))
        .isEqualTo(sound);
    assertThat(sound.after(new Launch.Refused("no such image"), NOON)).isEqualTo(sound);
    assertThat(sound.after(new Launch.OutOfCapacity("none"), NOON))
        .isEqualTo(new CellHealth.Resting(Trouble.CAPACITY, 1, NOON.plusSeconds(300), "none"));
    assertThat(sound.after(new Launch.OverQuota("full"), NOON).alarming()).isTrue();
  }

  @Test
  void anAccountsRestIsOnlyMadeLonger() {
    var rests = AccountHealth.SOUND.throttled(Duration.ofSeconds(30), NOON);

    assertThat(rests.throttled(Duration.ofSeconds(5), NOON)).isEqualTo(rests);
    assertThat(rests.rests(NOON.plusSeconds(29))).isTrue();
    assertThat(rests.rests(NOON.plusSeconds(30))).isFalse();
  }

  private static CellHealth failed(CellHealth health) {
    return health.failed(Trouble.FAILURE, "did not boot", NOON);
  }

  /** The minutes of so many rests, each tried and failed as soon as it is over. */
  private static List<Long> rests(Trouble trouble, CellHealth health, int times) {
    var minutes = new ArrayList<Long>();
    var now = NOON;
    for (var i = 0; i < times; i++) {
      health = health.failed(trouble, "again", now);
      var until = ((CellHealth.Resting) health).until();
      minutes.add(Duration.between(now, until).toMinutes());
      now = until;
    }
    return minutes;
  }
}
