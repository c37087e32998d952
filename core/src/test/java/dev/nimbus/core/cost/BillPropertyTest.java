package dev.nimbus.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class BillPropertyTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final long TWO_DAYS = Duration.ofDays(2).toMillis();

  @Property
  void theBookingsOfAMachineAddUpToItsBillAndNothingIsNegative(@ForAll("bills") Bill bill) {
    var sum = Split.NONE;
    var millis = 0L;
    for (var booking : bill.bookings()) {
      var micros = booking.micros();
      assertThat(Math.min(micros.job(), micros.idle())).isNotNegative();
      assertThat(Math.min(micros.warm(), micros.failed())).isNotNegative();
      assertThat(booking.millis()).isNotNegative();
      sum = sum.plus(micros);
      millis += booking.millis();
    }
    assertThat(sum.total()).isEqualTo(bill.total());
    assertThat(millis)
        .isEqualTo(Duration.between(bill.life().began(), bill.paidUntil()).toMillis());
  }

  @Property
  void twoMonthsSplitWhereTheyMeetAddUp(@ForAll("bills") Bill bill) {
    var december = spent(bill, YearMonth.of(2025, 12));
    var january = spent(bill, YearMonth.of(2026, 1));

    assertThat(december + january).isEqualTo(bill.total());
    if (!bill.life().gone() && !bill.life().until().isAfter(NEW_YEAR)) {
      assertThat(january).isZero();
    }
  }

  @Property
  void aMachineNeverGetsCheaperByLivingOn(
      @ForAll("bills") Bill bill, @ForAll("spans") Duration more) {
    assertThat(until(bill, bill.life().until().plus(more)).total())
        .isGreaterThanOrEqualTo(bill.total());
  }

  @Property
  void whatIsPaidForIsNeverLessThanWhatWasUsed(@ForAll("bills") Bill bill) {
    var life = bill.life();
    var open =
        new Life(life.began(), life.until(), false, life.warm(), life.worked(), life.ended());

    assertThat(bill.total())
        .isGreaterThanOrEqualTo(new Bill(bill.microsPerHour(), bill.billing(), open).total());
  }

  @Provide
  Arbitrary<Duration> spans() {
    return Arbitraries.longs().between(0, TWO_DAYS).map(Duration::ofMillis);
  }

  @Provide
  Arbitrary<Bill> bills() {
    var prices = Arbitraries.longs().between(-1, 50_000_000);
    return Combinators.combine(prices, billings(), lives()).as(Bill::new);
  }

  private Arbitrary<Billing> billings() {
    return Arbitraries.oneOf(
        spans().map(Billing.PerSecond::new),
        spans().map(Billing.Blocks::new),
        spans().map(Billing.Committed::new),
        Arbitraries.just(new Billing.Owned()));
  }

  private Arbitrary<Life> lives() {
    var booleans = Arbitraries.of(true, false);
    var causes = Arbitraries.of(EndCause.class).optional();
    return Combinators.combine(spans(), spans(), booleans, booleans, worked(), causes)
        .as(
            (before, length, gone, warm, worked, cause) -> {
              var began = NEW_YEAR.minus(before);
              return new Life(began, began.plus(length), gone, warm, worked, cause);
            });
  }

  private Arbitrary<Optional<Worked>> worked() {
    var moments = spans().map(span -> NEW_YEAR.minus(Duration.ofDays(1)).plus(span));
    return Combinators.combine(moments, spans().optional())
        .as((from, length) -> new Worked(from, length.map(from::plus)))
        .optional();
  }

  private static long spent(Bill bill, YearMonth month) {
    return bill.bookings().stream()
        .filter(booking -> YearMonth.from(booking.day()).equals(month))
        .mapToLong(booking -> booking.micros().total())
        .sum();
  }

  private static Bill until(Bill bill, Instant until) {
    var life = bill.life();
    return new Bill(
        bill.microsPerHour(),
        bill.billing(),
        new Life(life.began(), until, life.gone(), life.warm(), life.worked(), life.ended()));
  }
}
