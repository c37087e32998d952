package dev.nimbus.adapters.azure;

import static dev.nimbus.adapters.azure.AzureAccount.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.provider.ListPrice;
import dev.nimbus.core.provider.SpotPrice;
import java.time.Instant;
import java.util.Currency;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PriceReaderTest {
  private final AzureAccount account = new AzureAccount();

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void theListPriceIsThatOfLinuxAndNotOnSpot() {
    try (var provider = account.open(OURS)) {
      assertThat(provider.listPrices(Set.of("Standard_D4s_v5")))
          .contains(
              new ListPrice(
                  "westeurope-1",
                  "Standard_D4s_v5",
                  Currency.getInstance("USD"),
                  230_000,
                  230_000,
                  Instant.EPOCH))
          .extracting(ListPrice::place)
          .containsExactly("westeurope", "westeurope-1", "westeurope-2", "westeurope-3");
    }
  }

  @Test
  void theSpotPriceIsFoundOnALaterPage() {
    try (var provider = account.open(OURS)) {
      assertThat(provider.spotPrices(Set.of("Standard_D4s_v5")))
          .contains(
              new SpotPrice(
                  "westeurope", "Standard_D4s_v5", 45_991, Instant.parse("2026-11-01T00:00:00Z")));
    }
  }

  @Test
  void whatIsNotRentedThereHasNoPrice() {
    try (var provider = account.open(OURS)) {
      assertThat(provider.listPrices(Set.of("Standard_D2s_v5", "a' or 1 eq 1"))).isEmpty();
    }
  }

  @Test
  void nobodyIsToldWhoAsksForPrices() {
    try (var provider = account.open(OURS)) {
      provider.listPrices(Set.of("Standard_D4s_v5"));
    }
    assertThat(account.arm().pricesAskedWithToken()).isFalse();
  }
}
