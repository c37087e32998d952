package dev.nimbus.core.cost;

import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Market;

/**
 * What a pool's machines of one kind cost that are gone and had a price.
 *
 * @param millis that were paid for
 * @param micros that cost, in millionths of a US dollar
 * @param waited machines that were kept waiting and for which no job came
 * @param waitedMicros what those cost while they waited
 */
public record MachineSpend(
    PoolName pool, Kind kind, long millis, long micros, long waited, long waitedMicros) {
  private static final double MILLIS_PER_HOUR = 3_600_000;

  /** In millionths of a US dollar, on average. */
  double microsPerHour() {
    return millis == 0 ? 0 : micros / (millis / MILLIS_PER_HOUR);
  }

  /** What the same time had cost at another price. */
  long at(double otherPerHour) {
    return (long) (millis / MILLIS_PER_HOUR * otherPerHour);
  }

  /** What a machine was, as its provider says it. */
  public record Kind(ProviderName provider, String place, String type, Market market) {
    /** The same on another market. */
    Kind on(Market other) {
      return new Kind(provider, place, type, other);
    }

    @Override
    public String toString() {
      return provider + "/" + place + "/" + type;
    }
  }
}
