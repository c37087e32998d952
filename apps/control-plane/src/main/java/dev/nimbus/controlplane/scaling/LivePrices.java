package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.placement.OrgProvider;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.ListPrices;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.SpotPrices;
import dev.nimbus.core.storage.PoolStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clouds ask for machines now, in US dollars, read every so often and kept in memory: of spot
 * machines always, on demand where a pool does not say it. Thread-safe.
 */
public final class LivePrices {
  /** What was read longer ago is not believed any more. */
  static final Duration OLD = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(LivePrices.class);

  private final PoolStore pools;
  private final Accounts accounts;
  private final InstantSource time;
  private volatile Map<Asked, Price> known = Map.of();

  public LivePrices(PoolStore pools, Accounts accounts, InstantSource time) {
    this.pools = pools;
    this.accounts = accounts;
    this.time = time;
  }

  /** Reads them all; what cannot be read stays as it was, until it is old. */
  public void step() {
    var now = time.instant();
    var found = new HashMap<Asked, Price>();
    known.forEach(
        (asked, price) -> {
          if (price.at().plus(OLD).isAfter(now)) {
            found.put(asked, price);
          }
        });
    for (var account : accounts.all()) {
      try {
        read(account, found, now);
      } catch (NimbusException e) { // Another account's prices are not to be missed for it.
        LOG.atWarn()
            .addKeyValue("provider", account.name())
            .addKeyValue("org", account.org())
            .addKeyValue("why", e.getMessage())
            .log("Cannot read what machines cost now");
      }
    }
    known = Map.copyOf(found);
  }

  /**
   * In millionths of a US dollar an hour; empty where nobody said it lately, and on demand where
   * the offering has a price of its own, whatever another pool has looked up.
   */
  public OptionalLong of(OrgId org, Offering offering, Cell cell) {
    if (cell.market() == Market.ON_DEMAND && offering.microsPerHour() >= 0) {
      return OptionalLong.empty();
    }
    var account = new OrgProvider(org, cell.provider());
    var price = known.get(new Asked(account, cell.place(), cell.type(), cell.market()));
    return price == null ? OptionalLong.empty() : OptionalLong.of(price.micros());
  }

  private void read(ProviderAccount account, Map<Asked, Price> found, Instant now) {
    var ref = new OrgProvider(account.org(), account.name());
    var provider = accounts.provider(account);
    var spot = types(account, offering -> offering.spot() != SpotPolicy.NEVER);
    if (provider instanceof SpotPrices prices && !spot.isEmpty()) {
      for (var one : prices.spotPrices(spot)) {
        var asked = new Asked(ref, one.place(), one.type(), Market.SPOT);
        found.put(asked, new Price(one.microsPerHour(), now));
      }
    }
    var listed = types(account, offering -> offering.microsPerHour() < 0);
    if (provider instanceof ListPrices prices && !listed.isEmpty()) {
      for (var one : prices.listPrices(listed)) {
        if (one.currency().getCurrencyCode().equals("USD")) {
          var asked = new Asked(ref, one.place(), one.type(), Market.ON_DEMAND);
          found.put(asked, new Price(one.netMicrosPerHour(), now));
        }
      }
    }
  }

  private Set<String> types(ProviderAccount account, Predicate<Offering> wanted) {
    return pools.list(account.org()).stream()
        .map(Pool::offerings)
        .flatMap(List::stream)
        .filter(offering -> offering.provider().equals(account.name()))
        .filter(wanted)
        .map(Offering::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  private record Asked(OrgProvider account, String place, String type, Market market) {}

  private record Price(long micros, Instant at) {}
}
