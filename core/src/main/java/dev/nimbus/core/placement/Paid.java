package dev.nimbus.core.placement;

import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.util.Locale;

/** What time costs, and when ending a machine saves any. */
final class Paid {
  /** How long before a block ends a machine without work is ended. */
  static final Duration BEFORE_A_BLOCK_ENDS = Duration.ofMinutes(5);

  private static final long MILLIS_PER_HOUR = 3_600_000;

  /** A million dollars an hour: beyond it sums need not be exact. */
  private static final long DEAREST = 1_000_000_000_000L;

  private Paid() {}

  /** How much of what comes after its age is paid for already. */
  static Duration ahead(Billing billing, Duration age) {
    return switch (billing) {
      case Billing.PerSecond(var atLeast) -> rest(atLeast, age);
      case Billing.Committed(var atLeast) -> rest(atLeast, age);
      case Billing.Blocks(var block) -> restOfBlock(block, age);
      case Billing.Owned() -> Duration.ZERO;
    };
  }

  /** Whether ending a machine of that age now saves what ending it later would not. */
  static boolean endSaves(Billing billing, Duration age) {
    return switch (billing) {
      case Billing.PerSecond(var atLeast) -> age.compareTo(atLeast) >= 0;
      case Billing.Blocks(var block) -> restOfBlock(block, age).compareTo(BEFORE_A_BLOCK_ENDS) <= 0;
      case Billing.Committed _, Billing.Owned _ -> true;
    };
  }

  /** In millionths of a US dollar, rounded up. */
  static long cost(long microsPerHour, Duration time) {
    var price = Math.clamp(microsPerHour, 0, DEAREST);
    var millis = time.toMillis();
    var rest = price % MILLIS_PER_HOUR * millis;
    return price / MILLIS_PER_HOUR * millis + Math.ceilDiv(rest, MILLIS_PER_HOUR);
  }

  static String dollars(long micros) {
    return String.format(Locale.ROOT, "%.2f USD", micros / 1e6);
  }

  private static Duration rest(Duration atLeast, Duration age) {
    return age.compareTo(atLeast) < 0 ? atLeast.minus(age) : Duration.ZERO;
  }

  private static Duration restOfBlock(Duration block, Duration age) {
    var length = Math.max(1, block.toMillis());
    return Duration.ofMillis(length - Math.floorMod(age.toMillis(), length));
  }
}
