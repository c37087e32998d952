package dev.nimbus.controlplane.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.price.ListedPrice;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShippedPricesTest {
  @Test
  void everyPriceSaysItsSourceItsDayAndHowFarItIsToBeTrusted() {
    var rows = ShippedPrices.read().rows();

    assertThat(rows).hasSizeGreaterThan(30);
    for (var row : rows) {
      assertThat(row.microsPerHour()).as(row.type()).isBetween(1_000L, 10_000_000L);
      assertThat(row.source()).isNotEmpty();
      assertThat(row.trust()).isIn("high", "low");
      assertThat(row.tax()).isIn("net", "gross", "unknown");
    }
  }

  @Test
  void noTypeHasTwoPricesAtOnePlace() {
    var seen = new HashSet<List<Object>>();
    for (ListedPrice row : ShippedPrices.read().rows()) {
      for (var place : row.places()) {
        assertThat(seen.add(List.of(row.kind(), place, row.type()))).as(row.type()).isTrue();
      }
    }
  }
}
