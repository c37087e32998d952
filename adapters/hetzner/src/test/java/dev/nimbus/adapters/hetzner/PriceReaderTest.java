package dev.nimbus.adapters.hetzner;

import static dev.nimbus.adapters.hetzner.Specs.OURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.ListPrice;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PriceReaderTest {
  private final HetznerAccount account = new HetznerAccount();

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void aPriceIsThatOfTheServerAndOfItsAddress() {
    try (var provider = account.open(OURS, Map.of("locations", "fsn1"))) {
      assertThat(provider.listPrices(Set.of("cpx22")))
          .containsExactly(
              new ListPrice(
                  "fsn1", "cpx22", Currency.getInstance("EUR"), 32_800, 39_032, account.now()));
    }
  }

  @Test
  void withoutAnAddressOfTheOldKindItIsThatOfTheServer() {
    try (var provider = account.open(OURS, Map.of("public_ipv4", "false"))) {
      assertThat(provider.listPrices(Set.of("cpx22", "no-such-type")))
          .extracting(ListPrice::place, ListPrice::netMicrosPerHour)
          .containsExactly(tuple("fsn1", 32_000L), tuple("nbg1", 32_000L));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0320000000, 32000",
    "0.0380800000000000, 38080",
    "1, 1000000",
    "0.0000005, 1",
    "0.0000004, 0",
  })
  void aPriceIsReadToTheMillionth(String text, long micros) {
    assertThat(PriceReader.micros(new BigDecimal(text))).isEqualTo(micros);
  }

  @Test
  void whatIsNoPriceIsSaid() {
    assertThatThrownBy(() -> PriceReader.micros(new BigDecimal("1e300")))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("price");
  }
}
