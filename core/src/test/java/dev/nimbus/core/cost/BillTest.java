package dev.nimbus.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BillTest {
  private static final Instant TEN = Instant.parse("2026-03-31T10:00:00Z");
  private static final long PRICE = 3_600_000;
  private static final Billing BY_THE_SECOND = new Billing.PerSecond(Duration.ofSeconds(60));
  private static final Billing BY_THE_HOUR = new Billing.Blocks(Duration.ofHours(1));

  @Test
  void theTimeOfAJobIsTheJobsAndTheRestIsIdle() {
    var bill = bill(BY_THE_SECOND, gone(600, false, worked(100, 500), EndCause.DONE));

    assertThat(split(bill)).isEqualTo(new Split(400_000, 200_000, 0, 0));
  }

  @Test
  void aMachineMadeAheadIsWarmUntilItsJobComes() {
    assertThat(split(bill(BY_THE_SECOND, gone(600, true, worked(100, 500), EndCause.DONE))))
        .isEqualTo(new Split(400_000, 100_000, 100_000, 0));
    assertThat(split(bill(BY_THE_SECOND, gone(600, true, Optional.empty(), EndCause.IDLE))))
        .isEqualTo(new Split(0, 0, 600_000, 0));
  }

  @Test
  void aMachineThatFailedOrWasLostWithItsJobFailedAltogether() {
    assertThat(split(bill(BY_THE_HOUR, gone(600, true, Optional.empty(), EndCause.FAILED))))
        .isEqualTo(new Split(0, 0, 0, PRICE));
    assertThat(split(bill(BY_THE_SECOND, gone(600, false, cutOff(100), EndCause.INTERRUPTED))))
        .isEqualTo(new Split(0, 0, 0, 600_000));
  }

  @Test
  void aMachineThatWasLostAfterItsJobDidNotFail() {
    assertThat(split(bill(BY_THE_SECOND, gone(600, false, worked(100, 500), EndCause.LOST))))
        .isEqualTo(new Split(400_000, 200_000, 0, 0));
  }

  @Test
  void aJobThatWasCutOffFailedAndTheMachineDidNot() {
    assertThat(split(bill(BY_THE_SECOND, gone(600, false, cutOff(100), EndCause.ASKED_FOR))))
        .isEqualTo(new Split(0, 100_000, 0, 500_000));
  }

  @Test
  void aJobThatRunsIsCountedUntilNow() {
    var life = new Life(TEN, TEN.plusSeconds(600), false, false, cutOff(100), Optional.empty());

    assertThat(split(bill(BY_THE_HOUR, life))).isEqualTo(new Split(500_000, 100_000, 0, 0));
  }

  @Test
  void whatIsPaidForAndNotUsedIsIdle() {
    assertThat(split(bill(BY_THE_SECOND, gone(10, false, worked(0, 10), EndCause.DONE))))
        .isEqualTo(new Split(10_000, 50_000, 0, 0));
    assertThat(split(bill(BY_THE_HOUR, gone(3_601, false, worked(0, 3_601), EndCause.DONE))))
        .isEqualTo(new Split(3_601_000, 3_599_000, 0, 0));
    assertThat(split(bill(BY_THE_HOUR, gone(3_600, false, worked(0, 3_600), EndCause.DONE))))
        .isEqualTo(new Split(PRICE, 0, 0, 0));
    assertThat(split(bill(new Billing.Owned(), gone(10, false, worked(0, 10), EndCause.DONE))))
        .isEqualTo(new Split(10_000, 0, 0, 0));
    var committed = new Billing.Committed(Duration.ofHours(24));
    assertThat(bill(committed, gone(10, false, worked(0, 10), EndCause.DONE)).total())
        .isEqualTo(24 * PRICE);
  }

  @Test
  void theUnusedEndOfABlockFallsOnTheDayItIsIn() {
    var began = Instant.parse("2026-03-31T23:30:00Z");
    var until = began.plusSeconds(600);
    var worked = Optional.of(new Worked(began, Optional.of(until)));
    var life = new Life(began, until, true, false, worked, Optional.of(EndCause.DONE));

    assertThat(bill(BY_THE_HOUR, life).bookings())
        .containsExactly(
            new Booking(
                LocalDate.of(2026, 3, 31), true, new Split(600_000, 1_200_000, 0, 0), 1_800_000),
            new Booking(LocalDate.of(2026, 4, 1), false, new Split(0, 1_800_000, 0, 0), 1_800_000));
  }

  @Test
  void timeWithoutAPriceIsTimeAndNoMoney() {
    var life = gone(600, false, worked(100, 500), EndCause.DONE);

    assertThat(new Bill(-1, BY_THE_SECOND, life).bookings())
        .containsExactly(new Booking(LocalDate.of(2026, 3, 31), true, Split.NONE, 600_000));
  }

  private static Bill bill(Billing billing, Life life) {
    return new Bill(PRICE, billing, life);
  }

  private static Life gone(long seconds, boolean warm, Optional<Worked> worked, EndCause cause) {
    return new Life(TEN, TEN.plusSeconds(seconds), true, warm, worked, Optional.of(cause));
  }

  private static Optional<Worked> worked(long from, long until) {
    return Optional.of(new Worked(TEN.plusSeconds(from), Optional.of(TEN.plusSeconds(until))));
  }

  private static Optional<Worked> cutOff(long from) {
    return Optional.of(new Worked(TEN.plusSeconds(from), Optional.empty()));
  }

  private static Split split(Bill bill) {
    return bill.bookings().stream().map(Booking::micros).reduce(Split.NONE, Split::plus);
  }
}
