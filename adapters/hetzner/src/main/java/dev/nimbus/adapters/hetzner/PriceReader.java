package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ListPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what servers cost now, with the address they are given. */
final class PriceReader {
  private static final int MICROS = 6;

  private final Api api;
  private final Settings settings;
  private final InstantSource time;

  PriceReader(Api api, Settings settings, InstantSource time) {
    this.api = api;
    this.settings = settings;
    this.time = time;
  }

  List<ListPrice> read(Set<String> types) {
    try {
      var pricing = api.list(Operation.READ_PRICES, Map.of(), Wire.Prices.class).pricing();
      var found = new ArrayList<ListPrice>();
      for (var type : pricing.serverTypes()) {
        if (types.contains(type.name())) {
          type.prices().stream()
              .filter(price -> settings.locations().contains(price.location()))
              .forEach(price -> found.add(price(pricing, type.name(), price)));
        }
      }
      return List.copyOf(found);
    } catch (Refusal e) {
      throw e.failure("read prices of " + String.join(", ", types));
    }
  }

  private ListPrice price(Wire.Pricing pricing, String type, Wire.PriceAt at) {
    var net = number(at.priceHourly().net());
    var gross = number(at.priceHourly().gross());
    if (settings.network().ipv4()) {
      var address = address(pricing, at.location());
      net = net.add(number(address.net()));
      gross = gross.add(number(address.gross()));
    }
    return new ListPrice(
        at.location(),
        type,
        currency(pricing.currency()),
        micros(net),
        micros(gross),
        time.instant());
  }

  private static Wire.Price address(Wire.Pricing pricing, String location) {
    return pricing.primaryIps().stream()
        .filter(one -> one.type().equals("ipv4"))
        .flatMap(one -> one.prices().stream())
        .filter(one -> one.location().equals(location))
        .map(Wire.PriceAt::priceHourly)
        .findFirst()
        .orElseThrow(
            () ->
                new NimbusException(
                    Kind.UNAVAILABLE,
                    "Cannot read a price of Hetzner: an IPv4 address in %s has none"
                        .formatted(location)));
  }

  private static Currency currency(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw strange("'" + code + "' is no currency", e);
    }
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw strange("'" + text + "' is none", e);
    }
  }

  /** A price such as {@code 0.0380800000}, in millionths, rounded to the nearest. */
  static long micros(BigDecimal price) {
    try {
      return price.movePointRight(MICROS).setScale(0, RoundingMode.HALF_UP).longValueExact();
    } catch (ArithmeticException e) {
      throw strange("'" + price.toPlainString() + "' is none", e);
    }
  }

  private static NimbusException strange(String why, Throwable cause) {
    return new NimbusException(Kind.UNAVAILABLE, "Cannot read a price of Hetzner: " + why, cause);
  }
}
