package dev.nimbus.adapters.aws;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.SpotPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.Filter;

/** Reads what spot machines cost now. */
final class PriceReader {
  private static final String LINUX = "Linux/UNIX";
  private static final int MOST_TYPES = 200;
  private static final int MOST_PRICES = 20_000;
  private static final int MICROS = 6;

  private final Ec2 ec2;
  private final Set<String> zones;
  private final InstantSource time;

  PriceReader(Ec2 ec2, Set<String> zones, InstantSource time) {
    this.ec2 = ec2;
    this.zones = zones;
    this.time = time;
  }

  List<SpotPrice> read(Set<String> types) {
    if (types.isEmpty()) {
      return List.of();
    }
    if (types.size() > MOST_TYPES) {
      throw new NimbusException(
          Kind.INVALID,
          "Cannot read spot prices of %d types: more than %d".formatted(types.size(), MOST_TYPES));
    }
    try {
      return latest(types);
    } catch (Refusal e) {
      throw e.failure("read spot prices of " + String.join(", ", types));
    }
  }

  /** A history from now on has the price that holds now. */
  private List<SpotPrice> latest(Set<String> types) {
    var request =
        DescribeSpotPriceHistoryRequest.builder()
            .instanceTypesWithStrings(types)
            .productDescriptions(LINUX)
            .startTime(time.instant())
            .filters(Filter.builder().name("availability-zone").values(zones).build())
            .build();
    return ec2.ask(
        Action.DESCRIBE_SPOT_PRICE_HISTORY,
        client -> {
          var found = new LinkedHashMap<String, SpotPrice>();
          for (var one : client.describeSpotPriceHistoryPaginator(request).spotPriceHistory()) {
            add(
                found,
                new SpotPrice(
                    one.availabilityZone(),
                    one.instanceTypeAsString(),
                    micros(one.spotPrice()),
                    one.timestamp()));
          }
          return List.copyOf(found.values());
        });
  }

  private static void add(Map<String, SpotPrice> found, SpotPrice price) {
    found.merge(
        price.place() + " " + price.type(),
        price,
        (one, other) -> one.since().isAfter(other.since()) ? one : other);
    if (found.size() > MOST_PRICES) {
      throw new NimbusException(
          Kind.INTERNAL, "Cannot read spot prices: there are more than " + MOST_PRICES);
    }
  }

  /** A price of EC2's, such as {@code 0.031200}, in millionths. */
  static long micros(String dollars) {
    try {
      return new BigDecimal(dollars)
          .movePointRight(MICROS)
          .setScale(0, RoundingMode.HALF_UP)
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot read a spot price: '%s' is none".formatted(dollars), e);
    }
  }
}
