package dev.nimbus.controlplane.http;

import dev.nimbus.api.Items;
import dev.nimbus.api.Paths;
import dev.nimbus.api.report.PriceView;
import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.price.ListedPrice;
import dev.nimbus.core.price.Price;
import dev.nimbus.core.price.PriceList;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.storage.PoolStore;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the offerings of a tenant's pools cost, and who says so. */
public final class PriceRoutes {
  private static final double MICROS = 1_000_000;

  private final PoolStore pools;
  private final Accounts accounts;
  private final PriceList list;

  public PriceRoutes(PoolStore pools, Accounts accounts, PriceList list) {
    this.pools = pools;
    this.accounts = accounts;
    this.list = list;
  }

  public List<Route> routes(Access admin) {
    return List.of(
        Route.get(Paths.PRICES, admin, this::prices)
            .does("reportPrices", "What the offerings of pools cost, who says so and of which day")
            .asks(Orgs.ORG)
            .answers(200, Items.class, PriceView.class));
  }

  private Response prices(Request request) {
    var views =
        pools.list(Orgs.of(request)).stream()
            .flatMap(pool -> pool.offerings().stream().map(offering -> view(pool, offering)))
            .toList();
    return Response.json(200, new Items<PriceView>(views, null));
  }

  private PriceView view(Pool pool, Offering offering) {
    var price =
        accounts
            .find(pool.org(), offering.provider())
            .map(account -> list.price(offering, account.kind()))
            .orElseGet(() -> PriceList.EMPTY.price(offering, ProviderKind.LOCAL));
    return switch (price) {
      case Price.OfPool(var micros) -> view(pool, offering, micros / MICROS, "pool", null);
      case Price.Listed(var row) -> view(pool, offering, row.microsPerHour() / MICROS, "list", row);
      case Price.Foreign(var row) -> view(pool, offering, null, "foreign", row);
      case Price.Unknown() -> view(pool, offering, null, "unknown", null);
    };
  }

  private static PriceView view(
      Pool pool,
      Offering offering,
      @Nullable Double dollars,
      String from,
      @Nullable ListedPrice row) {
    return new PriceView(
        pool.name().value(),
        offering.provider().value(),
        offering.place(),
        offering.type(),
        dollars,
        from,
        row == null ? null : row.microsPerHour() / MICROS,
        row == null ? null : row.currency().getCurrencyCode(),
        row == null ? null : row.tax(),
        row == null ? null : row.date().toString(),
        row == null ? null : row.trust(),
        row == null ? null : row.source());
  }
}
