package dev.nimbus.bench;

import dev.nimbus.core.host.Host.Sharing;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Moments;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Fleet;
import dev.nimbus.core.placement.Seat;
import dev.nimbus.core.placement.Situation;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.placement.Terms;
import dev.nimbus.core.placement.Waiting;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Ten tenants with five pools of four offerings each; each waiting job is a lane of its own. */
final class Scenery {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final int ORGS = 10;
  private static final int POOLS = 5;
  private static final List<Size> SIZES =
      List.of(
          new Size(2_000, 4L << 30),
          new Size(4_000, 8L << 30),
          new Size(8_000, 16L << 30),
          new Size(16_000, 32L << 30));

  private final Random random = new Random(1);
  private final int lanes;
  private final int kinds;
  private final int machines;
  private final boolean shared;
  private final Map<Labels, Labels> known = new HashMap<>();

  /**
   * A scenery.
   *
   * @param shared whether equal sets of labels are one object, as a reader makes them that parses
   *     each text once; or no two are
   */
  Scenery(int lanes, int kinds, int machines, boolean shared) {
    this.shared = shared;
    this.lanes = lanes;
    this.kinds = kinds;
    this.machines = machines;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d lanes of %,d kinds, %,d machines, labels %s",
        lanes,
        kinds,
        machines,
        shared ? "shared" : "apart");
  }

  Situation situation() {
    var pools = new ArrayList<Pool>();
    for (var i = 0; i < ORGS * POOLS; i++) {
      pools.add(pool(i));
    }
    var waiting = new ArrayList<Waiting>();
    for (var i = 0; i < lanes; i++) {
      waiting.add(lane(i));
    }
    var seats = new ArrayList<Seat>();
    for (var i = 0; i < machines / 50; i++) {
      seats.add(seat(i));
    }
    var none = Map.<Owner, Integer>of();
    return new Situation(
        waiting, seats, fleet(pools), pools, Terms.UNKNOWN, Spending.NONE, none, NOON);
  }

  private Labels labels(Collection<String> values) {
    var labels = Labels.of(values);
    return shared ? known.computeIfAbsent(labels, same -> same) : labels;
  }

  private static OrgId org(int number) {
    return new OrgId("tenant-" + number % ORGS);
  }

  private static String word(int number) {
    return "set-" + number / ORGS % POOLS;
  }

  private Pool pool(int number) {
    var offerings = new ArrayList<Offering>();
    for (var size : SIZES) {
      var type = "type-" + size.milliCpus();
      var provider = new ProviderName("cloud");
      offerings.add(
          new Offering(
              provider, "here", type, "image", Os.LINUX, SpotPolicy.PREFER, size, 0, 50_000));
    }
    return new Pool(
        org(number),
        new PoolName("pool-" + number / ORGS),
        Labels.of(Set.of("linux", "x64", word(number))),
        offerings,
        lanes / (ORGS * POOLS),
        2,
        List.of(),
        new Warming.Fixed(),
        Duration.ofMinutes(5),
        Duration.ofHours(6),
        Deadlines.USUAL,
        new Budget(1_000_000_000_000L, 0),
        NOON,
        1);
  }

  private Waiting lane(int number) {
    var kind = random.nextInt(kinds);
    var labels = labels(Set.of("linux", "x64", word(kind)));
    var size = new Size(1_000 + kind % 16 * 900, (1L << 30) + ((long) kind << 10));
    return new Waiting(
        org(kind),
        new Repository("acme/repository-" + number),
        new Requirements(labels, size),
        1,
        9_000,
        9_000,
        NOON.minusMillis(random.nextInt(1_000_000)),
        Instant.EPOCH);
  }

  private static Seat seat(int number) {
    var labels = Labels.of(Set.of("linux", "x64", word(number)));
    return new Seat(org(number), Sharing.OWN, labels, SIZES.get(number % SIZES.size()), 4);
  }

  private Fleet fleet(List<Pool> pools) {
    var all = new ArrayList<Machine>();
    var heard = new HashMap<MachineName, Seat>();
    for (var i = 0; i < machines; i++) {
      var pool = pools.get(random.nextInt(pools.size()));
      var offering = pool.offerings().get(random.nextInt(pool.offerings().size()));
      var machine = machine(i, pool, offering);
      all.add(machine);
      if (machine.stage() == Stage.READY) {
        var offered = labels(List.copyOf(pool.offered(offering).values()));
        var slots = machine.busy() ? 0 : 1;
        var name = new MachineName(machine.name().value());
        heard.put(name, new Seat(pool.org(), Sharing.OWN, offered, offering.size(), slots));
      }
    }
    return new Fleet(all, heard);
  }

  /** A third is on its way, a third waits for a job, and a third runs one. */
  private Machine machine(int number, Pool pool, Offering offering) {
    var made = Optional.of(NOON.minusMillis(1 + random.nextInt(200_000)));
    var stage = number % 3 == 0 ? Stage.BOOTING : Stage.READY;
    var ready = stage == Stage.READY ? made : Optional.<Instant>empty();
    var none = Optional.<Instant>empty();
    return new Machine(
        pool.org(),
        new MachineName("nb-abcdefgh-%08d".formatted(number)),
        pool.name(),
        offering.cells().get(number % 2),
        offering.size(),
        50_000,
        false,
        "",
        stage,
        "i-" + number,
        Report.NONE,
        number % 3 == 1,
        Optional.empty(),
        new Moments(made.get(), made, ready, ready, none, none),
        1);
  }
}
