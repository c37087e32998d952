package dev.nimbus.core.placement;

import dev.nimbus.core.host.Host.Sharing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.CellHealth.Trouble;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Small situations in which everything that can happen does, for properties to hold in. */
final class RandomScene {
  private static final List<OrgId> ORGS = List.of(Scene.ACME, new OrgId("beta"));
  private static final List<String> POOLS = List.of("a", "b", "c", "d");
  private static final List<String> LABELS = List.of("linux", "x64", "gpu", "a", "b");
  private static final List<Size> SIZES =
      List.of(Scene.SMALL, new Size(4_000, 4L << 30), new Size(2_000, 8L << 30), Scene.LARGE);

  private final Random random;
  private final Scene scene = new Scene();

  private RandomScene(long seed) {
    random = new Random(seed);
  }

  static Scene of(long seed) {
    return new RandomScene(seed).build();
  }

  private Scene build() {
    for (var org : ORGS) {
      POOLS.stream().filter(_ -> chance(70)).forEach(name -> addPool(org, name));
    }
    times(15, this::addMachine);
    times(15, this::addLane);
    times(4, this::addSeat);
    if (chance(30)) {
      scene.budgets.put(Scene.ACME, new Budget(1 + random.nextInt(2_000_000), 1));
    }
    if (chance(10)) {
      var until = Scene.NOON.plusSeconds(random.nextInt(100));
      var account = new OrgProvider(Scene.ACME, new ProviderName("cloud"));
      scene.accounts.put(account, new AccountHealth(0, until));
    }
    return scene;
  }

  private void addPool(OrgId org, String name) {
    var offerings = new ArrayList<Offering>();
    offerings.add(offering());
    times(2, () -> addOffering(offerings));
    var max = random.nextInt(9);
    var hard = chance(30) ? 1 + random.nextLong(2_000_000) : 0;
    var pool =
        new Pool(
            org,
            new PoolName(name),
            Labels.of(some(LABELS.subList(0, 3))),
            offerings,
            max,
            chance(50) ? 0 : random.nextInt(max + 1),
            List.of(),
            new Warming.Fixed(),
            Duration.ofMinutes(random.nextInt(4)),
            Duration.ofHours(1),
            Deadlines.USUAL,
            new Budget(hard, 0),
            Instant.EPOCH,
            1);
    scene.pools.add(pool);
    offerings.stream().flatMap(o -> o.cells().stream()).forEach(cell -> addTerms(pool, cell));
    var owner = new Owner(org, pool.name());
    scene.warm.put(owner, random.nextInt(4));
    scene.spentByPool.put(owner, random.nextLong(1_000_000));
  }

  /** Adds one, unless there is one of its cells. */
  private void addOffering(List<Offering> offerings) {
    var other = offering();
    var clash =
        offerings.stream().anyMatch(o -> o.cells().stream().anyMatch(other.cells()::contains));
    if (!clash) {
      offerings.add(other);
    }
  }

  private Offering offering() {
    return new Offering(
        new ProviderName("cloud"),
        "here",
        pick(List.of("s", "m", "l")),
        "image",
        pick(List.of(Os.LINUX, Os.LINUX, Os.WINDOWS)),
        pick(List.of(SpotPolicy.values())),
        pick(SIZES),
        0,
        chance(50) ? -1 : random.nextInt(1_000_000));
  }

  private void addTerms(Pool pool, Cell cell) {
    var reached = new OrgCell(pool.org(), cell);
    scene.billing.put(reached, billing());
    if (chance(50)) {
      scene.prices.put(reached, random.nextLong(1_000_000));
    }
    if (chance(30)) {
      var failed = Scene.NOON.minusSeconds(random.nextInt(600));
      scene.health.put(reached, CellHealth.sound().failed(Trouble.CAPACITY, "none left", failed));
    }
    if (chance(5)) {
      scene.refusals.put(
          new PoolCell(new Owner(pool.org(), pool.name()), cell), new Refusal(1, 0, "no image"));
    }
  }

  private Billing billing() {
    return pick(
        List.of(
            new Billing.PerSecond(Duration.ofSeconds(60)),
            new Billing.PerSecond(Duration.ZERO),
            new Billing.Blocks(Duration.ofHours(1)),
            new Billing.Committed(Duration.ofHours(24)),
            new Billing.Owned()));
  }

  private void addMachine() {
    var pool = scene.pools.isEmpty() ? null : pick(scene.pools);
    if (pool == null) {
      return;
    }
    var offering = chance(95) ? pick(pool.offerings()) : offering();
    var owner = new Owner(pool.org(), chance(95) ? pool.name() : new PoolName("gone"));
    var name = Scene.name(scene.machines.size());
    var ago = Duration.ofSeconds(1 + random.nextInt(chance(10) ? 4_000 : 700));
    var stage = pick(List.of(Stage.ASKED, Stage.BOOTING, Stage.READY, Stage.READY, Stage.ENDING));
    var later = stage == Stage.ASKED ? null : ago;
    var ready = stage == Stage.READY ? ago : null;
    var made =
        Scene.made(
            owner,
            name,
            offering,
            pick(offering.cells()),
            stage,
            Scene.moments(ago, later, ready, ready));
    var busy = stage == Stage.READY && chance(40);
    var said = pick(List.of("", "idle", "started", "done", "failed"));
    scene.machines.add(Scene.changed(made, busy, new Report(chance(60) ? "" : said, "")));
    if (stage == Stage.READY && chance(85)) {
      var labels = chance(90) ? pool.offered(offering) : Labels.NONE;
      scene.heard.put(
          name, new Seat(pool.org(), Sharing.OWN, labels, offering.size(), busy ? 0 : 1));
    }
  }

  private void addLane() {
    var room = chance(50) ? Integer.MAX_VALUE : random.nextInt(6);
    var repositoryRoom = chance(50) ? Integer.MAX_VALUE : random.nextInt(6);
    scene.waiting.add(
        new Waiting(
            pick(ORGS),
            new Repository(pick(List.of("acme/a", "acme/b"))),
            new Requirements(Labels.of(some(LABELS)), pick(SIZES)),
            1 + random.nextInt(4),
            room,
            repositoryRoom,
            Scene.NOON.minusSeconds(random.nextInt(20)),
            chance(90) ? Instant.EPOCH : Scene.NOON.plusSeconds(9)));
  }

  private void addSeat() {
    scene.seats.add(
        new Seat(
            pick(ORGS),
            pick(List.of(Sharing.values())),
            Labels.of(some(LABELS.subList(0, 3))),
            pick(SIZES),
            random.nextInt(4)));
  }

  private void times(int most, Runnable what) {
    var count = random.nextInt(most + 1);
    for (var i = 0; i < count; i++) {
      what.run();
    }
  }

  private Set<String> some(List<String> words) {
    var some = new HashSet<String>();
    words.stream().filter(_ -> chance(35)).forEach(some::add);
    return some;
  }

  private <T> T pick(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
