package dev.nimbus.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.provider.ProviderKind;
import org.junit.jupiter.api.Test;

final class PriceListTest {
  private static final PriceList LIST =
      PriceList.read(
          """
          # said of it
          kind,places,type,price,currency,tax,date,trust,source
          aws,eu-central-1,c7i.large,0.1018,USD,net,2026-08-14,high,there
          gcp,europe-west1,e2-standard-2,0.075,USD,net,2026-05-29,low,there
          hetzner,fsn1|hel1,cpx12,0.0228,EUR,gross,2026-08-17,low,there
          """);

  @Test
  void aRegionIsThePriceOfItsZonesAndOfNoOther() {
    assertThat(micros(ProviderKind.AWS, "eu-central-1", "c7i.large")).isEqualTo(101_800);
    assertThat(micros(ProviderKind.AWS, "eu-central-1b", "c7i.large")).isEqualTo(101_800);
    assertThat(micros(ProviderKind.GCP, "europe-west1-b", "e2-standard-2")).isEqualTo(75_000);
    assertThat(micros(ProviderKind.GCP, "europe-west12-b", "e2-standard-2")).isEqualTo(-1);
    assertThat(micros(ProviderKind.AWS, "eu-central-2", "c7i.large")).isEqualTo(-1);
    assertThat(micros(ProviderKind.GCP, "eu-central-1", "c7i.large")).isEqualTo(-1);
    assertThat(micros(ProviderKind.AWS, "eu-central-1", "c7i.xlarge")).isEqualTo(-1);
  }

  @Test
  void aPriceOfThePoolGoesBeforeOneOfTheList() {
    var offering = offering("eu-central-1", "c7i.large", Os.LINUX, 0);

    assertThat(LIST.price(offering, ProviderKind.AWS)).isEqualTo(new Price.OfPool(0));
  }

  @Test
  void aPriceInAnotherCurrencyIsShownAndNotCountedWith() {
    var price = LIST.price(offering("hel1", "cpx12", Os.LINUX, -1), ProviderKind.HETZNER);

    assertThat(price).isEqualTo(new Price.Foreign(LIST.rows().getLast()));
    assertThat(price.microsPerHour()).isEqualTo(-1);
  }

  @Test
  void aPriceOfLinuxIsNoneOfWindows() {
    assertThat(LIST.price(offering("eu-central-1", "c7i.large", Os.WINDOWS, -1), ProviderKind.AWS))
        .isEqualTo(new Price.Unknown());
  }

  @Test
  void aLineThatIsNoPriceIsNamed() {
    assertThatThrownBy(() -> PriceList.read("kind\naws,here"))
        .hasMessage("Not a price of 9 columns: 'aws,here'");
  }

  private static long micros(ProviderKind kind, String place, String type) {
    return LIST.price(offering(place, type, Os.LINUX, -1), kind).microsPerHour();
  }

  private static Offering offering(String place, String type, Os os, long price) {
    return new Offering(
        new ProviderName("cloud"),
        place,
        type,
        "image",
        os,
        SpotPolicy.NEVER,
        new Size(2_000, 1L << 30),
        0,
        price);
  }
}
