package dev.nimbus.core.placement;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A situation, told piece by piece. */
final class Scene {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final OrgId ACME = new OrgId("acme");
  static final Size SMALL = new Size(2_000, 4L << 30);
  static final Size LARGE = new Size(8_000, 16L << 30);
  static final Duration GRACE = Duration.ofMinutes(2);

  final List<Waiting> waiting = new ArrayList<>();
  final List<Seat> seats = new ArrayList<>();
  final List<Machine> machines = new ArrayList<>();
  final Map<MachineName, Seat> heard = new HashMap<>();
  final List<Pool> pools = new ArrayList<>();
  final Map<OrgCell, Long> prices = new HashMap<>();
  final Map<OrgCell, Billing> billing = new HashMap<>();
  final Map<OrgCell, CellHealth> health = new HashMap<>();
  final Map<OrgProvider, AccountHealth> accounts = new HashMap<>();
  final Map<PoolCell, Refusal> refusals = new HashMap<>();
  final Map<OrgId, Budget> budgets = new HashMap<>();
  final Map<OrgId, Long> spentByOrg = new HashMap<>();
  final Map<Owner, Long> spentByPool = new HashMap<>();
  final Map<Owner, Integer> warm = new HashMap<>();
  Instant now = NOON;

  Situation situation() {
    return new Situation(
        waiting,
        seats,
        new Fleet(machines, heard),
        pools,
        new Terms(prices, billing, health, accounts, refusals),
        new Spending(budgets, spentByOrg, spentByPool),
        warm,
        now);
  }

  Plan plan() {
    return Planner.plan(situation());
  }

  Scene jobs(int jobs, Size size, String... labels) {
    return waiting(w -> w, jobs, size, labels);
  }

  Scene waiting(UnaryOperator<Waiting> change, int jobs, Size size, String... labels) {
    var most = Integer.MAX_VALUE;
    var required = new Requirements(Labels.of(Set.of(labels)), size);
    var oldest = NOON.minusSeconds(60).plusSeconds(waiting.size());
    var repository = new Repository("acme/shop");
    waiting.add(
        change.apply(
            new Waiting(ACME, repository, required, jobs, most, most, oldest, Instant.EPOCH)));
    return this;
  }

  Scene seat(Sharing sharing, int slots, Size free, String... labels) {
    seats.add(new Seat(new OrgId("hosts"), sharing, Labels.of(Set.of(labels)), free, slots));
    return this;
  }

  Scene pool(String name, int max, Offering... offerings) {
    return pool(pool -> pool, name, max, offerings);
  }

  Scene pool(UnaryOperator<Pools> change, String name, int max, Offering... offerings) {
    pools.add(change.apply(new Pools(name, max, 0, Budget.NONE)).pool(List.of(offerings)));
    return this;
  }

  /** What a test says of a pool besides its offerings. */
  record Pools(String name, int max, int minIdle, Budget budget) {
    Pools keeping(int idle) {
      return new Pools(name, max, idle, budget);
    }

    Pools spending(long hard, long warning) {
      return new Pools(name, max, minIdle, new Budget(hard, warning));
    }

    Pool pool(List<Offering> offerings) {
      return new Pool(
          ACME,
          new PoolName(name),
          Labels.of(Set.of("linux", "x64")),
          offerings,
          max,
          minIdle,
          List.of(),
          new Warming.Fixed(),
          GRACE,
          Duration.ofHours(6),
          Deadlines.USUAL,
          budget,
          Instant.EPOCH,
          1);
    }
  }

  static Offering offering(String type, Size size) {
    return offering(type, size, SpotPolicy.NEVER, -1);
  }

  static Offering offering(String type, Size size, SpotPolicy spot, long microsPerHour) {
    return new Offering(
        new ProviderName("cloud"), "here", type, "image", Os.LINUX, spot, size, 0, microsPerHour);
  }

  static OrgCell cell(Offering offering) {
    return new OrgCell(ACME, offering.cells().getFirst());
  }

  static Owner owner(String pool) {
    return new Owner(ACME, new PoolName(pool));
  }

  static MachineName name(int number) {
    return new MachineName("nb-abcdefgh-%08d".formatted(number));
  }

  /** A machine asked for so long ago. */
  Scene asked(String pool, Offering offering, Duration ago) {
    return machine(pool, offering, Stage.ASKED, moments(ago, null, null, null), m -> m);
  }

  /** A machine its provider made so long ago. */
  Scene booting(String pool, Offering offering, Duration ago) {
    return machine(pool, offering, Stage.BOOTING, moments(ago, ago, null, null), m -> m);
  }

  /** A machine that waits for a job for so long, and is heard of. */
  Scene idle(String pool, Offering offering, Duration ago) {
    var moments = moments(ago, ago, ago, ago);
    heard.put(name(machines.size()), seat(pool, offering, 1));
    return machine(pool, offering, Stage.READY, moments, m -> m);
  }

  Scene busy(String pool, Offering offering, Duration ago) {
    heard.put(name(machines.size()), seat(pool, offering, 0));
    return machine(
        pool,
        offering,
        Stage.READY,
        moments(ago, ago, ago, ago),
        m -> changed(m, true, m.report()));
  }

  Scene reporting(String pool, Offering offering, String state, String detail) {
    var ago = Duration.ofMinutes(1);
    heard.put(name(machines.size()), seat(pool, offering, 1));
    return machine(
        pool,
        offering,
        Stage.READY,
        moments(ago, ago, ago, ago),
        m -> changed(m, false, new Report(state, detail)));
  }

  Scene machine(
      String pool, Offering offering, Stage stage, Moments moments, UnaryOperator<Machine> change) {
    machines.add(
        change.apply(
            made(
                new Owner(ACME, new PoolName(pool)),
                name(machines.size()),
                offering,
                offering.cells().getFirst(),
                stage,
                moments)));
    return this;
  }

  static Seat seat(String pool, Offering offering, int slots) {
    var labels = Labels.of(Set.of("linux", "x64", pool, "os:linux"));
    return new Seat(ACME, Sharing.OWN, labels, offering.size(), slots);
  }

  static Machine made(
      Owner owner, MachineName name, Offering offering, Cell cell, Stage stage, Moments moments) {
    return new Machine(
        owner.org(),
        name,
        owner.pool(),
        cell,
        offering.size(),
        offering.microsPerHour(),
        false,
        "",
        stage,
        "",
        Report.NONE,
        false,
        Optional.empty(),
        moments,
        1);
  }

  static Machine changed(Machine m, boolean busy, Report report) {
    return new Machine(
        m.org(),
        m.name(),
        m.pool(),
        m.cell(),
        m.size(),
        m.microsPerHour(),
        m.warm(),
        m.purpose(),
        m.stage(),
        m.providerId(),
        report,
        busy,
        m.end(),
        m.moments(),
        m.revision());
  }

  static Machine in(Stage stage, Machine m, Moments moments) {
    return new Machine(
        m.org(),
        m.name(),
        m.pool(),
        m.cell(),
        m.size(),
        m.microsPerHour(),
        m.warm(),
        m.purpose(),
        stage,
        m.providerId(),
        m.report(),
        m.busy(),
        m.end(),
        moments,
        m.revision());
  }

  static Moments moments(
      Duration asked,
      @Nullable Duration launched,
      @Nullable Duration redeemed,
      @Nullable Duration ready) {
    return new Moments(
        NOON.minus(asked),
        Optional.ofNullable(launched).map(NOON::minus),
        Optional.ofNullable(redeemed).map(NOON::minus),
        Optional.ofNullable(ready).map(NOON::minus),
        Optional.empty(),
        Optional.empty());
  }
}
