package dev.nimbus.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.host.Host.Sharing;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Moments;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Action.Make;
import dev.nimbus.core.placement.Action.Retire;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan. */
final class PlannerPropertyTest {
  @Property
  void aPoolNeverHasMoreMachinesThanItMay(@ForAll long seed) {
    var scene = RandomScene.of(seed);
    var plan = scene.plan();

    for (var pool : scene.pools) {
      var made = makes(plan).filter(of(pool)).mapToLong(Make::count).sum();
      var existing = scene.machines.stream().filter(m -> isOf(m, pool)).count();
      assertThat(made).isLessThanOrEqualTo(Math.max(0, pool.max() - existing));
    }
  }

  @Property
  void everythingIsSaidWithAReason(@ForAll long seed) {
    var plan = RandomScene.of(seed).plan();

    assertThat(plan.actions()).allMatch(action -> action.reason().length() > 9);
    assertThat(plan.withheld()).allMatch(w -> w.sentence().endsWith(".") && w.count() > 0);
  }

  @Property
  void aBusyMachineIsOnlyEndedWhenItIsLostOrExpired(@ForAll long seed) {
    var scene = RandomScene.of(seed);
    var busy = scene.machines.stream().filter(Machine::busy).map(Machine::name).toList();

    for (var retire : retired(scene.plan())) {
      var forced = List.of(EndCause.LOST, EndCause.EXPIRED).contains(retire.cause());
      assertThat(retire.evenBusy()).isEqualTo(forced);
      assertThat(busy.contains(retire.machine()) && !forced).isFalse();
    }
  }

  @Property
  void aPlanCarriedOutLeavesNothingToDo(@ForAll long seed) {
    var scene = RandomScene.of(seed);
    var first = scene.plan();
    carryOut(scene, first);

    assertThat(scene.plan().actions()).isEmpty();
  }

  @Property
  void theOrderInWhichASituationIsToldMeansNothing(@ForAll long seed) {
    var scene = RandomScene.of(seed);
    var plan = scene.plan();
    var order = new Random(seed);
    Stream.of(scene.waiting, scene.seats, scene.machines, scene.pools)
        .forEach(list -> Collections.shuffle(list, order));

    assertThat(scene.plan()).isEqualTo(plan);
  }

  @Property
  void noPoolsBudgetIsExceeded(@ForAll long seed) {
    var scene = RandomScene.of(seed);
    var plan = scene.plan();

    for (var pool : scene.pools) {
      var owner = new Owner(pool.org(), pool.name());
      var spent = scene.spentByPool.getOrDefault(owner, 0L);
      var owed = owed(scene, machine -> isOf(machine, pool));
      assertWithin(pool.budget(), spent + owed, scene, makes(plan).filter(of(pool)));
    }
  }

  @Property
  void noTenantsBudgetIsExceeded(@ForAll long seed) {
    var scene = RandomScene.of(seed);
    var plan = scene.plan();

    scene.budgets.forEach(
        (org, budget) -> {
          var owed = owed(scene, machine -> machine.org().equals(org));
          var made = makes(plan).filter(make -> make.owner().org().equals(org));
          assertWithin(budget, scene.spentByOrg.getOrDefault(org, 0L) + owed, scene, made);
        });
  }

  @Property
  void aCellIsAskedForNoMoreThanItsHealthAllows(@ForAll long seed) {
    var scene = RandomScene.of(seed);
    var asked = new HashMap<OrgCell, Integer>();
    makes(scene.plan())
        .forEach(m -> asked.merge(new OrgCell(m.owner().org(), m.cell()), m.count(), Integer::sum));

    asked.forEach(
        (cell, count) ->
            assertThat(count)
                .isLessThanOrEqualTo(
                    scene.health.getOrDefault(cell, CellHealth.sound()).mayLaunch(scene.now, 0)));
  }

  /** Against the simplest way to count: what is there, what comes, and the rest is made. */
  @Property
  void exactlyWhatIsMissingIsMade(
      @ForAll @IntRange(max = 30) int jobs,
      @ForAll @IntRange(max = 9) int slots,
      @ForAll @IntRange(max = 9) int cpus,
      @ForAll @IntRange(max = 5) int idle,
      @ForAll @IntRange(max = 5) int coming) {
    var offering = Scene.offering("s2", Scene.SMALL);
    var size = new Size(cpus * 1_000, 64L << 30);
    var scene = new Scene().pool("small", 99, offering).jobs(jobs, Scene.SMALL, "linux");
    scene.seat(Sharing.ALL, slots, size, "linux").seat(Sharing.ALL, 9, size, "windows");
    for (var i = 0; i < idle; i++) {
      scene.idle("small", offering, Duration.ofSeconds(1));
    }
    for (var i = 0; i < coming; i++) {
      scene.booting("small", offering, Duration.ofSeconds(1));
    }

    var made = makes(scene.plan()).mapToInt(Make::count).sum();
    assertThat(made).isEqualTo(Math.max(0, jobs - Math.min(slots, cpus / 2) - idle - coming));
  }

  private static void carryOut(Scene scene, Plan plan) {
    for (var retire : retired(plan)) {
      scene.machines.replaceAll(
          m -> m.name().equals(retire.machine()) ? Scene.in(Stage.ENDING, m, m.moments()) : m);
    }
    makes(plan)
        .forEach(
            make -> {
              for (var i = 0; i < make.count(); i++) {
                scene.machines.add(made(scene, make));
              }
            });
  }

  private static Machine made(Scene scene, Make make) {
    var none = Optional.<Instant>empty();
    var moments = new Moments(scene.now, none, none, none, none, none);
    var priced =
        new Offering(
            make.offering().provider(),
            make.offering().place(),
            make.offering().type(),
            make.offering().image(),
            make.offering().os(),
            make.offering().spot(),
            make.offering().size(),
            0,
            make.microsPerHour());
    var name = Scene.name(scene.machines.size());
    return Scene.made(make.owner(), name, priced, make.cell(), Stage.ASKED, moments);
  }

  private static void assertWithin(Budget budget, long spent, Scene scene, Stream<Make> makes) {
    var made = makes.toList();
    if (budget.hard() > 0 && !made.isEmpty()) {
      var commitments = made.stream().mapToLong(make -> commitment(scene, make)).sum();
      assertThat(made).allMatch(make -> make.microsPerHour() >= 0);
      assertThat(spent + commitments).isLessThanOrEqualTo(budget.hard());
    }
  }

  private static long owed(Scene scene, Predicate<Machine> whose) {
    return scene.machines.stream().filter(whose).mapToLong(m -> owed(scene, m)).sum();
  }

  private static long owed(Scene scene, Machine machine) {
    var billing = scene.situation().terms().billing(new OrgCell(machine.org(), machine.cell()));
    var age = Duration.between(Inspection.made(machine), scene.now);
    return Paid.cost(machine.microsPerHour(), Paid.ahead(billing, age));
  }

  private static long commitment(Scene scene, Make make) {
    var cell = new OrgCell(make.owner().org(), make.cell());
    var paid = Paid.ahead(scene.situation().terms().billing(cell), Duration.ZERO);
    return make.count() * Paid.cost(make.microsPerHour(), paid);
  }

  private static boolean isOf(Machine machine, Pool pool) {
    return machine.org().equals(pool.org()) && machine.pool().equals(pool.name());
  }

  private static Predicate<Make> of(Pool pool) {
    return make -> make.owner().equals(new Owner(pool.org(), pool.name()));
  }

  private static Stream<Make> makes(Plan plan) {
    return plan.actions().stream().filter(Make.class::isInstance).map(Make.class::cast);
  }

  private static List<Retire> retired(Plan plan) {
    return plan.actions().stream()
        .filter(Retire.class::isInstance)
        .map(Retire.class::cast)
        .toList();
  }
}
