package dev.nimbus.controlplane.scaling;

import dev.nimbus.core.forecast.Forecast;
import dev.nimbus.core.forecast.History;
import dev.nimbus.core.forecast.Stakes;
import dev.nimbus.core.forecast.Tally;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.OrgCell;
import dev.nimbus.core.placement.Terms;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts jobs after they came, and says how many machines the pools that predict are to keep
 * waiting. Thread-safe.
 */
public final class Foresight {
  /** What a machine that waits is taken to cost where its price is not known. */
  private static final long USUAL_PRICE = 200_000;

  /** How long a job may take from its place in the queue until it can be read. */
  private static final Duration SETTLING = Duration.ofSeconds(30);

  private static final int AT_ONCE = 20_000;

  private final Storage storage;
  private final InstantSource time;
  private final StartUps startUps = new StartUps();
  private final Map<Owner, History> histories = new ConcurrentHashMap<>();
  private volatile Instant countedUntil = Instant.EPOCH;

  public Foresight(Storage storage, InstantSource time) {
    this.storage = storage;
    this.time = time;
  }

  /** Counts what came since the last time; several control planes may do so at once. */
  public void count() {
    var pools = storage.pools().all();
    if (pools.isEmpty()) {
      return;
    }
    var until = time.instant().minus(SETTLING).truncatedTo(ChronoUnit.MINUTES);
    while (!countSome(pools, until)) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
    var newHour = !countedUntil.truncatedTo(ChronoUnit.HOURS).equals(hour(until));
    countedUntil = until;
    if (newHour) {
      histories.clear();
      storage.arrivals().forget(hour(until).minus(History.REACH));
    }
  }

  /** How many machines each pool that predicts is to keep; none before jobs were first counted. */
  Map<Owner, Integer> warm(List<Pool> pools, Terms terms, Instant now) {
    var warm = new HashMap<Owner, Integer>();
    for (var pool : pools) {
      if (pool.warming() instanceof Warming.Predicted(var waiting)
          && countedUntil.isAfter(Instant.EPOCH)) {
        var owner = new Owner(pool.org(), pool.name());
        var forecast =
            new Forecast(
                histories.computeIfAbsent(owner, this::history),
                startUps.usual(owner),
                new Stakes(price(pool, terms), waiting));
        warm.put(owner, forecast.machines(now, pool.max()));
      }
    }
    return warm;
  }

  /** Learns how long a machine took to become ready. */
  void started(Machine machine) {
    startUps.learn(machine);
  }

  /** Whether everything that came before the instant is counted now. */
  private boolean countSome(List<Pool> pools, Instant until) {
    var told = storage.arrivals().uncounted(until, AT_ONCE);
    if (told.until() == told.after()) {
      return told.all();
    }
    return storage.arrivals().count(Tally.of(told.jobs(), pools), told) && told.all();
  }

  private History history(Owner pool) {
    var until = countedUntil;
    return History.of(
        storage.arrivals().hours(pool, hour(until).minus(History.REACH)), hour(until));
  }

  private static long price(Pool pool, Terms terms) {
    var first = pool.offerings().getFirst();
    return terms
        .prices()
        .getOrDefault(new OrgCell(pool.org(), first.cells().getFirst()), USUAL_PRICE);
  }

  private static Instant hour(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }
}
