package dev.nimbus.controlplane.provider;

import dev.nimbus.core.price.PriceList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The prices that come with Nimbus. */
public final class ShippedPrices {
  private static final String FILE = "list-prices.csv";

  private ShippedPrices() {}

  public static PriceList read() {
    try (var stream = ShippedPrices.class.getResourceAsStream(FILE)) {
      return PriceList.read(
          new String(Objects.requireNonNull(stream, FILE).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
