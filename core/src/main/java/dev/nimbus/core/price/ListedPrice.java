package dev.nimbus.core.price;

import dev.nimbus.core.provider.ProviderKind;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * A price that was read somewhere.
 *
 * @param places a region, or each of some locations
 * @param microsPerHour on demand, in millionths of the currency
 * @param tax {@code net}, {@code gross} where value added tax is in it, or {@code unknown}
 * @param date when it was read there
 * @param trust {@code high} where the source fetched it from the provider, {@code low} where people
 *     kept it
 * @param source where it was read
 */
public record ListedPrice(
    ProviderKind kind,
    List<String> places,
    String type,
    long microsPerHour,
    Currency currency,
    String tax,
    LocalDate date,
    String trust,
    String source) {
  public ListedPrice {
    places = List.copyOf(places);
  }

  /** Whether it counts in what we count in. */
  public boolean inDollars() {
    return currency.getCurrencyCode().equals("USD");
  }

  boolean isOf(ProviderKind ofKind, String place, String ofType) {
    return kind == ofKind
        && type.equals(ofType)
        && places.stream().anyMatch(region -> covers(region, place));
  }

  /** A region covers its zones, which have a letter after its name. */
  private static boolean covers(String region, String place) {
    return place.startsWith(region) && place.substring(region.length()).matches("(-?[a-z])?");
  }
}
