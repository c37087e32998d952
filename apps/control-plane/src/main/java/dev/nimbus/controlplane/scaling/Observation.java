package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.Fleet;
import dev.nimbus.core.placement.OrgCell;
import dev.nimbus.core.placement.OrgProvider;
import dev.nimbus.core.placement.Seat;
import dev.nimbus.core.placement.Situation;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.placement.Terms;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.price.PriceList;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at everything a plan depends on. */
final class Observation {
  /** Lanes of waiting jobs looked at; those beyond are served once these are. */
  private static final int LANES = 10_000;

  private static final Duration SUMMED_EVERY = Duration.ofMinutes(1);

  private final Storage storage;
  private final Accounts accounts;
  private final Health health;
  private final Foresight foresight;
  private final PriceList listed;
  private final LivePrices live;
  private final Duration hostLostAfter;
  private Spending spent = Spending.NONE;
  private Instant summedAt = Instant.EPOCH;

  Observation(
      Storage storage,
      Accounts accounts,
      Health health,
      Foresight foresight,
      PriceList listed,
      LivePrices live,
      Duration hostLostAfter) {
    this.storage = storage;
    this.accounts = accounts;
    this.health = health;
    this.foresight = foresight;
    this.listed = listed;
    this.live = live;
    this.hostLostAfter = hostLostAfter;
  }

  Situation at(Instant now) {
    var pools = storage.pools().all();
    var machines = storage.machines().live();
    var alive = alive(now);
    var names = machines.stream().map(Machine::name).collect(Collectors.toSet());
    var seats = new ArrayList<Seat>();
    var heard = new HashMap<MachineName, Seat>();
    for (var host : alive.values()) {
      if (!MachineName.fits(host.id().value())) {
        seats.add(seat(host));
      } else if (names.contains(new MachineName(host.id().value()))) {
        heard.put(new MachineName(host.id().value()), seat(host));
      }
    }
    var terms = terms(pools);
    return new Situation(
        storage.jobs().demand(LANES),
        seats,
        new Fleet(machines, heard),
        pools,
        terms,
        spending(pools, now),
        foresight.warm(pools, terms, now),
        now);
  }

  /** Summed up once a minute, and only where somebody asked for it to be bounded. */
  private Spending spending(List<Pool> pools, Instant now) {
    var bounded = pools.stream().anyMatch(pool -> !pool.budget().equals(Budget.NONE));
    if (bounded && !summedAt.plus(SUMMED_EVERY).isAfter(now)) {
      spent = storage.machines().spending(now);
      summedAt = now;
    }
    return bounded ? spent : Spending.NONE;
  }

  private Map<HostId, Host> alive(Instant now) {
    var alive = new HashMap<HostId, Host>();
    storage.orgs().list().stream()
        .flatMap(org -> storage.hosts().list(org.org()).stream())
        .filter(host -> host.seenAt().plus(hostLostAfter).isAfter(now))
        .forEach(host -> alive.put(host.id(), host));
    return alive;
  }

  private static Seat seat(Host host) {
    return new Seat(
        host.org(),
        host.sharing(),
        host.labels(),
        host.capacity().minus(host.used()),
        Math.max(0, host.slots() - host.leases()));
  }

  private Terms terms(List<Pool> pools) {
    var prices = new HashMap<OrgCell, Long>();
    var billing = new HashMap<OrgCell, Billing>();
    for (var pool : pools) {
      for (var offering : pool.offerings()) {
        for (var cell : offering.cells()) {
          var place = new OrgCell(pool.org(), cell);
          var price = price(pool, offering, cell);
          if (price >= 0) {
            prices.put(place, price);
          }
          billing(pool, offering).ifPresent(how -> billing.put(place, how));
        }
      }
    }
    var revisions = new HashMap<OrgProvider, Long>();
    accounts.all().forEach(a -> revisions.put(new OrgProvider(a.org(), a.name()), a.revision()));
    return new Terms(
        prices, billing, health.cells(), health.accounts(revisions), health.refusals());
  }

  /** What is asked now; else what the pool says, or the list: a spot machine costs no more. */
  private long price(Pool pool, Offering offering, Cell cell) {
    var now = live.of(pool.org(), offering, cell);
    return now.isPresent() ? now.getAsLong() : declared(pool, offering);
  }

  private long declared(Pool pool, Offering offering) {
    return accounts
        .find(pool.org(), offering.provider())
        .map(account -> listed.price(offering, account.kind()).microsPerHour())
        .orElse(offering.microsPerHour());
  }

  /** Empty where nobody can speak for the account now. */
  private Optional<Billing> billing(Pool pool, Offering offering) {
    try {
      return accounts
          .find(pool.org(), offering.provider())
          .map(account -> accounts.provider(account).billing(offering.type()));
    } catch (NimbusException e) {
      return Optional.empty();
    }
  }
}
