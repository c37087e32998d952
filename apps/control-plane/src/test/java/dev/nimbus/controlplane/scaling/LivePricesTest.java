package dev.nimbus.controlplane.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.ListPrice;
import dev.nimbus.core.provider.ListPrices;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.SpotPrice;
import dev.nimbus.core.provider.SpotPrices;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices as clouds say them now. */
final class LivePricesTest {
  private static final Cell SPOT = cell("zone-a", Market.SPOT);
  private static final Cell ON_DEMAND = cell("zone-a", Market.ON_DEMAND);

  @TempDir private Path folder;

  private MachineGround ground;
  private LivePrices live;
  private boolean away;
  private String currency = "USD";

  @BeforeEach
  void declare() {
    ground = new MachineGround(folder, new MemoryStorage());
    ground.account("cloud");
    ground.storage.pools().apply(pool(), ground.time.instant());
    var accounts = ground.accounts(ground.storage, (_, _, _) -> asking());
    live = new LivePrices(ground.storage.pools(), accounts, ground.time);
  }

  @Test
  void whatIsAskedNowIsKnownOnceItIsRead() {
    assertThat(live.of(MachineGround.ORG, offering(-1), SPOT)).isEmpty();

    live.step();

    assertThat(live.of(MachineGround.ORG, offering(-1), SPOT)).hasValue(31_200);
    assertThat(live.of(MachineGround.ORG, offering(-1), ON_DEMAND)).hasValue(98_000);
    assertThat(live.of(MachineGround.ORG, offering(-1), cell("zone-b", Market.SPOT))).isEmpty();
    assertThat(live.of(new OrgId("globex"), offering(-1), SPOT)).isEmpty();
  }

  @Test
  void anOfferingWithAPriceOfItsOwnKeepsItOnDemand() {
    live.step();

    assertThat(live.of(MachineGround.ORG, offering(50_000), ON_DEMAND)).isEmpty();
    assertThat(live.of(MachineGround.ORG, offering(50_000), SPOT)).hasValue(31_200);
  }

  @Test
  void whatCannotBeReadStaysAsItWasUntilItIsOld() {
    live.step();
    away = true;
    ground.time.step(Duration.ofMinutes(50));
    live.step();
    assertThat(live.of(MachineGround.ORG, offering(-1), SPOT)).hasValue(31_200);

    ground.time.step(Duration.ofMinutes(10));
    live.step();

    assertThat(live.of(MachineGround.ORG, offering(-1), SPOT)).isEmpty();
  }

  @Test
  void aPriceInAnotherCurrencyIsNotCountedWith() {
    currency = "EUR";

    live.step();

    assertThat(live.of(MachineGround.ORG, offering(-1), ON_DEMAND)).isEmpty();
  }

  private Provider asking() {
    return (Provider)
        Proxy.newProxyInstance(
            Provider.class.getClassLoader(),
            new Class<?>[] {Provider.class, SpotPrices.class, ListPrices.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "spotPrices" -> spot((Set<?>) arguments[0]);
                  case "listPrices" -> listed((Set<?>) arguments[0]);
                  default -> null;
                });
  }

  private List<SpotPrice> spot(Set<?> types) {
    if (away) {
      throw new NimbusException(Kind.UNAVAILABLE, "no answer");
    }
    assertThat(types).isEqualTo(Set.of("large"));
    return List.of(new SpotPrice("zone-a", "large", 31_200, Instant.EPOCH));
  }

  private List<ListPrice> listed(Set<?> types) {
    assertThat(types).isEqualTo(Set.of("large"));
    var price =
        new ListPrice(
            "zone-a", "large", Currency.getInstance(currency), 98_000, 116_620, Instant.EPOCH);
    return List.of(price);
  }

  private Pool pool() {
    var base = ground.pool(3, 0, Duration.ofMinutes(1), Budget.NONE);
    return new Pool(
        base.org(),
        base.name(),
        base.labels(),
        List.of(offering(-1)),
        base.max(),
        base.minIdle(),
        base.schedules(),
        base.warming(),
        base.idleGrace(),
        base.maxLife(),
        base.deadlines(),
        base.budget(),
        base.changedAt(),
        base.revision());
  }

  private static Offering offering(long microsPerHour) {
    return new Offering(
        MachineGround.CLOUD,
        "zone-a",
        "large",
        "image",
        Os.LINUX,
        SpotPolicy.PREFER,
        new Size(1_000, 1L << 30),
        0,
        microsPerHour);
  }

  private static Cell cell(String place, Market market) {
    return new Cell(MachineGround.CLOUD, place, "large", "image", market);
  }
}
