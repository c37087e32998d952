package dev.nimbus.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.SpotPrice;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.WithMoto;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithMoto.class)
final class PriceReaderTest {
  @Test
  void pricesAreOfTheTypesAndZonesThatAreAskedFor(Moto moto) {
    try (var account = new MotoAccount(moto);
        var provider = account.open(new ControllerId("ours0001"))) {
      var prices = provider.spotPrices(Set.of("c7i.large", "m7g.large", "no-such-type"));

      assertThat(prices)
          .allMatch(price -> price.place().equals(MotoAccount.ZONE) && price.microsPerHour() == 10)
          .extracting(SpotPrice::type)
          .containsExactlyInAnyOrder("c7i.large", "m7g.large");
      assertThat(account.front().asked("DescribeSpotPriceHistory"))
          .singleElement()
          .satisfies(
              asked -> assertThat(asked.field("ProductDescription.1")).isEqualTo("Linux/UNIX"));
    }
  }

  @Test
  void aPriceIsInMillionthsOfADollar() {
    assertThat(PriceReader.micros("0.031200")).isEqualTo(31_200);
    assertThat(PriceReader.micros("12")).isEqualTo(12_000_000);
    assertThatThrownBy(() -> PriceReader.micros("free"))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("'free'");
  }
}
