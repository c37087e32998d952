package dev.nimbus.adapters.azure;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ListPrice;
import dev.nimbus.core.provider.SpotPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what Azure asks everybody for machines of Linux, in US dollars and without tax. */
final class PriceReader {
  private static final int MICROS = 6;
  private static final int MOST_PAGES = 20;
  private static final String SPOT = " Spot";
  private static final String LOW = " Low Priority";
  private static final String HOUR = "1 Hour";
  private static final Pattern TYPE = Pattern.compile(Form.TYPE);

  /** Of each location; a zone of it costs the same. */
  private static final List<String> PLACES = List.of("", "-1", "-2", "-3");

  private final Arm arm;
  private final Settings settings;
  private final InstantSource time;

  PriceReader(Arm arm, Settings settings, InstantSource time) {
    this.arm = arm;
    this.settings = settings;
    this.time = time;
  }

  List<SpotPrice> spot(Set<String> types) {
    return read(
        types,
        sku -> sku.endsWith(SPOT),
        (item, place) -> new SpotPrice(place, item.text("armSkuName"), micros(item), since(item)));
  }

  List<ListPrice> list(Set<String> types) {
    var now = time.instant();
    return read(
        types,
        sku -> !sku.endsWith(SPOT) && !sku.endsWith(LOW),
        (item, place) ->
            new ListPrice(
                place,
                item.text("armSkuName"),
                Currency.getInstance("USD"),
                micros(item),
                micros(item),
                now));
  }

  private <T> List<T> read(
      Set<String> types, Predicate<String> sku, BiFunction<Json, String, T> price) {
    var found = new ArrayList<T>();
    try {
      for (var location : settings.network().subnets().keySet()) {
        for (var type : types) {
          items(location, type)
              .filter(item -> ofLinux(item) && sku.test(item.text("skuName")))
              .findFirst()
              .stream()
              .flatMap(item -> PLACES.stream().map(zone -> price.apply(item, location + zone)))
              .forEach(found::add);
        }
      }
      return List.copyOf(found);
    } catch (Refusal e) {
      throw e.failure("read prices of " + String.join(", ", types));
    }
  }

  private Stream<Json> items(String location, String type) {
    if (!TYPE.matcher(type).matches()) {
      return Stream.of();
    }
    var filter =
        "serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq '%s' and armSkuName eq '%s'"
            .formatted(location, type);
    var found = new ArrayList<Json>();
    for (var page = 0; page < MOST_PAGES; page++) {
      var answer = arm.readPublic(path(filter, found.size()));
      found.addAll(answer.all("Items"));
      if (answer.text("NextPageLink").isEmpty() || answer.all("Items").isEmpty()) {
        return found.stream();
      }
    }
    throw new NimbusException(
        Kind.INTERNAL,
        "Cannot read prices of %s in %s: there are more than %d pages"
            .formatted(type, location, MOST_PAGES));
  }

  /** The page after those that were read; where an answer says it is, is not looked at. */
  private static String path(String filter, int skipped) {
    return "/api/retail/prices?api-version=2023-01-01-preview&%24filter="
        + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20")
        + "&%24skip="
        + skipped;
  }

  private static boolean ofLinux(Json item) {
    var product = item.text("productName");
    return item.text("type").equals("Consumption")
        && item.text("unitOfMeasure").equals(HOUR)
        && item.text("currencyCode").equals("USD")
        && !product.contains("Windows")
        && !product.contains("Cloud");
  }

  private static long micros(Json item) {
    return BigDecimal.valueOf(item.number("retailPrice"))
        .movePointRight(MICROS)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static Instant since(Json item) {
    try {
      return Optional.of(item.text("effectiveStartDate"))
          .filter(text -> !text.isEmpty())
          .map(Instant::parse)
          .orElse(Instant.EPOCH);
    } catch (DateTimeParseException _) {
      return Instant.EPOCH;
    }
  }
}
