package dev.nimbus.core.placement;

import static dev.nimbus.core.placement.Scene.ACME;
import static dev.nimbus.core.placement.Scene.LARGE;
import static dev.nimbus.core.placement.Scene.NOON;
import static dev.nimbus.core.placement.Scene.SMALL;
import static dev.nimbus.core.placement.Scene.cell;
import static dev.nimbus.core.placement.Scene.name;
import static dev.nimbus.core.placement.Scene.offering;
import static dev.nimbus.core.placement.Scene.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nimbus.core.host.Host.Sharing;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Action.Make;
import dev.nimbus.core.placement.CellHealth.Trouble;
import dev.nimbus.core.placement.Withheld.Code;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Market;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which machines are made for what waits, and why others are not. */
final class PlannerTest {
  private static final Offering CHEAP = offering("s2", SMALL);
  private static final Offering BIG = offering("s8", LARGE);
  private static final Duration SHORT = Duration.ofSeconds(30);

  @Test
  void aMachineIsMadeForEveryJobNothingElseTakes() {
    var plan = new Scene().pool("small", 10, CHEAP).jobs(3, SMALL, "linux").plan();

    var make = onlyMake(plan);
    assertThat(make.owner()).isEqualTo(owner("small"));
    assertThat(make.count()).isEqualTo(3);
    assertThat(make.warm()).isFalse();
    assertThat(make.reason()).contains("3 jobs wait for 'linux', 2.0 cpus and 4096 MiB");
    assertThat(plan.withheld()).isEmpty();
  }

  @Test
  void nothingIsMadeForAJobThatAHostHasRoomFor() {
    var scene = new Scene().pool("small", 10, CHEAP).jobs(3, SMALL, "linux");
    scene.seat(Sharing.ALL, 2, LARGE, "linux").seat(Sharing.OWN, 9, LARGE, "linux");

    assertThat(onlyMake(scene.plan()).count()).isEqualTo(1);
  }

  @Test
  void aHostsRoomIsUsedOnce() {
    var scene = new Scene().pool("small", 10, CHEAP).seat(Sharing.ALL, 8, LARGE, "linux");

    assertThat(makes(scene.jobs(6, SMALL, "linux").plan())).extracting(Make::count).containsOnly(2);
  }

  @Test
  void aMachineThatWaitsOrComesTakesOneJob() {
    var scene = new Scene().pool("small", 10, CHEAP).jobs(3, SMALL, "linux");
    scene.idle("small", CHEAP, SHORT).booting("small", CHEAP, SHORT);

    assertThat(onlyMake(scene.plan()).count()).isEqualTo(1);
  }

  @Test
  void aMachineThatComesAndIsTooSmallTakesNone() {
    var scene = new Scene().pool("mixed", 10, CHEAP, BIG).jobs(1, LARGE, "linux");
    scene.booting("mixed", CHEAP, SHORT).idle("mixed", CHEAP, SHORT);

    assertThat(onlyMake(scene.plan()).offering()).isEqualTo(BIG);
  }

  @Test
  void aBusyMachineTakesNone() {
    var scene = new Scene().pool("small", 10, CHEAP).jobs(1, SMALL, "linux");

    assertThat(onlyMake(scene.busy("small", CHEAP, SHORT).plan()).count()).isEqualTo(1);
  }

  @Test
  void aMachineThatHadItsJobTakesNone() {
    var scene = new Scene().pool("small", 10, CHEAP).jobs(1, SMALL, "linux");

    assertThat(onlyMake(scene.reporting("small", CHEAP, "started", "").plan()).count())
        .isEqualTo(1);
  }

  @Test
  void aMachineWhoseHostProvesLessThanItsPoolSaysIsNoPlaceForTheJob() {
    var scene = new Scene().pool("big", 10, BIG).jobs(1, LARGE, "linux").idle("big", BIG, SHORT);
    scene.heard.put(name(0), Scene.seat("big", CHEAP, 1));

    assertThat(onlyMake(scene.plan()).count()).isEqualTo(1);
  }

  @Test
  void aPoolHasNoMoreMachinesThanItMayCountingThoseThatEnd() {
    var scene = new Scene().pool("small", 3, CHEAP).jobs(5, SMALL, "linux");
    scene.machine("small", CHEAP, Stage.ENDING, Scene.moments(SHORT, null, null, null), m -> m);

    var plan = scene.plan();
    assertThat(onlyMake(plan).count()).isEqualTo(2);
    assertThat(onlyWithheld(plan).code()).isEqualTo(Code.POOL_FULL);
    assertThat(onlyWithheld(plan).count()).isEqualTo(3);
    assertThat(onlyWithheld(plan).sentence()).contains("'small' has 3 machines, and may have 3");
  }

  @Test
  void theNextPoolTakesWhatAFullOneLeaves() {
    var scene = new Scene().pool("b", 10, CHEAP).pool("a", 2, CHEAP).jobs(5, SMALL, "linux");

    assertThat(makes(scene.plan()))
        .extracting(make -> make.owner().pool().value() + make.count())
        .containsExactly("a2", "b3");
  }

  @Test
  void aPoolAskedForByNameIsTheOnlyOne() {
    var scene = new Scene().pool("b", 10, CHEAP).pool("a", 2, CHEAP).jobs(5, SMALL, "b", "linux");

    assertThat(onlyMake(scene.plan()).owner()).isEqualTo(owner("b"));
  }

  @Test
  void theFirstOfferingThatIsLargeEnoughIsTaken() {
    var scene = new Scene().pool("mixed", 10, CHEAP, BIG).jobs(1, LARGE).jobs(1, SMALL);

    assertThat(makes(scene.plan())).extracting(Make::offering).containsExactly(BIG, CHEAP);
  }

  @Test
  void aPoolsCapIsSharedByAllItsOfferings() {
    var scene = new Scene().pool("mixed", 3, CHEAP, BIG).jobs(2, LARGE).jobs(2, SMALL);

    assertThat(makes(scene.plan()).stream().mapToInt(Make::count).sum()).isEqualTo(3);
  }

  @Test
  void spotIsTriedFirstWhereThePoolPrefersIt() {
    var spot = offering("s2", SMALL, SpotPolicy.PREFER, -1);
    var scene = new Scene().pool("small", 10, spot).jobs(1, SMALL);
    assertThat(onlyMake(scene.plan()).cell().market()).isEqualTo(Market.SPOT);

    scene.health.put(cell(spot), CellHealth.sound().failed(Trouble.CAPACITY, "none", NOON));
    assertThat(onlyMake(scene.plan()).cell().market()).isEqualTo(Market.ON_DEMAND);
  }

  @Test
  void aCellThatRestsIsSkippedAndSaidWhenItIsTheOnlyOne() {
    var scene = new Scene().pool("small", 10, CHEAP, BIG).jobs(2, SMALL);
    scene.health.put(cell(CHEAP), CellHealth.sound().failed(Trouble.CAPACITY, "none left", NOON));
    assertThat(onlyMake(scene.plan()).offering()).isEqualTo(BIG);

    scene.health.put(cell(BIG), CellHealth.sound().failed(Trouble.QUOTA, "10 of 10", NOON));
    var plan = scene.plan();
    assertThat(plan.actions()).isEmpty();
    assertThat(onlyWithheld(plan).code()).isEqualTo(Code.COOLING);
    assertThat(onlyWithheld(plan).sentence())
        .contains("until 2026-11-25T12:05:00Z: none left")
        .contains("10 of 10");
    assertThat(plan.warnings().getFirst().sentence()).contains("quota").contains("10 of 10");
  }

  @Test
  void aCellThatRestedIsTriedWithOneMachineAtATime() {
    var scene = new Scene().pool("small", 10, CHEAP).jobs(4, SMALL);
    var failed = NOON.minus(Duration.ofMinutes(5));
    scene.health.put(cell(CHEAP), CellHealth.sound().failed(Trouble.CAPACITY, "none", failed));

    assertThat(onlyMake(scene.plan()).count()).isEqualTo(1);
    var next = scene.asked("small", CHEAP, Duration.ofSeconds(1)).plan();
    assertThat(next.actions()).isEmpty();
    assertThat(onlyWithheld(next).sentence()).contains("tried with one machine");
  }

  @Test
  void aThrottledAccountIsLeftAloneAsAWhole() {
    var scene = new Scene().pool("small", 10, CHEAP, BIG).jobs(1, SMALL);
    scene.accounts.put(
        new OrgProvider(ACME, new ProviderName("cloud")),
        AccountHealth.SOUND.throttled(Duration.ofSeconds(30), NOON));

    assertThat(scene.plan().actions()).isEmpty();
    assertThat(onlyWithheld(scene.plan()).code()).isEqualTo(Code.THROTTLED);
    scene.now = NOON.plusSeconds(30);
    assertThat(onlyMake(scene.plan()).offering()).isEqualTo(CHEAP);
  }

  @Test
  void whatWasRefusedIsNotRepeatedUntilPoolOrAccountChanges() {
    var scene = new Scene().pool("small", 10, CHEAP).jobs(1, SMALL);
    var asked = new PoolCell(owner("small"), CHEAP.cells().getFirst());
    scene.refusals.put(asked, new Refusal(1, 0, "no such image"));
    assertThat(onlyWithheld(scene.plan()).code()).isEqualTo(Code.REFUSED);
    assertThat(onlyWithheld(scene.plan()).sentence()).contains("no such image");

    scene.refusals.put(asked, new Refusal(0, 0, "no such image"));
    assertThat(makes(scene.plan())).hasSize(1);
  }

  @Test
  void roomsAreSharedByTheLanesOfATenantAndOfARepository() {
    var scene = new Scene().pool("small", 99, CHEAP);
    scene.waiting(w -> rooms(w, "acme/a", 10, 3), 5, SMALL, "linux");
    scene.waiting(w -> rooms(w, "acme/a", 10, 3), 5, SMALL, "x64");
    scene.waiting(w -> rooms(w, "acme/b", 10, 9), 20, SMALL, "linux", "x64");

    var plan = scene.plan();
    assertThat(makes(plan)).extracting(Make::count).containsExactly(3, 7);
    assertThat(plan.withheld())
        .extracting(Withheld::code, Withheld::count)
        .containsExactly(
            tuple(Code.REPOSITORY_LIMIT, 2),
            tuple(Code.REPOSITORY_LIMIT, 5),
            tuple(Code.ORG_LIMIT, 13));
  }

  @Test
  void aLaneNothingCanServeUsesUpNoRoom() {
    var scene = new Scene().pool("small", 99, CHEAP);
    scene.waiting(w -> rooms(w, "acme/a", 2, 9), 5, SMALL, "gpu");
    scene.waiting(w -> rooms(w, "acme/a", 2, 9), 5, SMALL, "linux");

    assertThat(onlyMake(scene.plan()).count()).isEqualTo(2);
  }

  @Test
  void postponedJobsNeedNothingYet() {
    var scene = new Scene().pool("small", 99, CHEAP);
    var until = NOON.plusSeconds(20);
    scene.waiting(
        w -> new Waiting(w.org(), w.repository(), w.requirements(), 2, 9, 9, w.oldest(), until),
        2,
        SMALL);

    assertThat(scene.plan().actions()).isEmpty();
    assertThat(onlyWithheld(scene.plan()).sentence()).contains("from " + until);
  }

  @Test
  void whatTheNearestPoolLacksIsSaid() {
    var scene = new Scene().pool("small", 10, CHEAP).jobs(1, SMALL, "linux", "gpu");
    assertThat(onlyWithheld(scene.plan()).sentence()).contains("'small', lacks gpu");

    var large = new Scene().pool("small", 10, CHEAP).jobs(1, LARGE, "linux");
    assertThat(onlyWithheld(large.plan()).sentence()).contains("gives 2.0 cpus and 4096 MiB");

    var none = new Scene().jobs(1, LARGE, "linux");
    assertThat(onlyWithheld(none.plan()).sentence()).isEqualTo("Tenant 'acme' has no pools.");
  }

  @Test
  void noMachineIsMadeBeyondTheHardBudgetCountingWhatIsPaidAtLeast() {
    var hourly = offering("s2", SMALL, SpotPolicy.NEVER, 100_000);
    var scene = new Scene().pool(p -> p.spending(1_000_000, 0), "small", 99, hourly);
    scene.billing.put(cell(hourly), new Billing.Blocks(Duration.ofHours(1)));
    scene.spentByPool.put(owner("small"), 650_000L);

    var plan = scene.jobs(5, SMALL).plan();
    assertThat(onlyMake(plan).count()).isEqualTo(3);
    assertThat(onlyWithheld(plan).code()).isEqualTo(Code.BUDGET);
    assertThat(onlyWithheld(plan).sentence())
        .contains("'small' has spent or owes 0.95 USD of 1.00 USD")
        .contains("0.10 USD");
  }

  @Test
  void whatIsOwedForMachinesThatExistCounts() {
    var hourly = offering("s2", SMALL, SpotPolicy.NEVER, 100_000);
    var scene = new Scene().pool(p -> p.spending(250_000, 0), "small", 99, hourly);
    scene.billing.put(cell(hourly), new Billing.Blocks(Duration.ofHours(1)));
    scene.busy("small", hourly, Duration.ZERO).busy("small", hourly, Duration.ZERO);

    assertThat(scene.jobs(5, SMALL).plan().actions()).isEmpty();
  }

  @Test
  void aTenantsBudgetHoldsOverAllItsPools() {
    var dear = offering("s2", SMALL, SpotPolicy.NEVER, 3_600_000);
    var scene = new Scene().pool("a", 1, dear).pool("b", 9, dear).jobs(9, SMALL);
    scene.billing.put(cell(dear), new Billing.PerSecond(Duration.ofMinutes(1)));
    scene.budgets.put(ACME, new Budget(250_000, 100_000));

    var plan = scene.plan();
    assertThat(makes(plan)).extracting(Make::count).containsExactly(1, 3);
    assertThat(onlyWithheld(plan).sentence()).contains("Tenant 'acme'");
    assertThat(plan.warnings().getFirst().sentence()).contains("told from 0.10 USD");
  }

  @Test
  void underABudgetNothingIsMadeWhoseCostNobodyKnows() {
    var scene = new Scene().pool(p -> p.spending(1_000_000, 0), "small", 99, CHEAP);

    assertThat(onlyWithheld(scene.jobs(5, SMALL).plan()).code()).isEqualTo(Code.NO_PRICE);
    scene.prices.put(cell(CHEAP), 5L);
    assertThat(onlyMake(scene.plan()).microsPerHour()).isEqualTo(5);
  }

  @Test
  void machinesAreKeptWaitingBeyondWhatDemandTakes() {
    var scene = new Scene().pool(p -> p.keeping(2), "small", 10, CHEAP).jobs(1, SMALL);
    scene.idle("small", CHEAP, SHORT).idle("small", CHEAP, SHORT);

    var make = onlyMake(scene.plan());
    assertThat(make.warm()).isTrue();
    assertThat(make.count()).isEqualTo(1);
  }

  @Test
  void aForecastAboveTheLeastIsKeptAsFarAsTheCapGoes() {
    var scene = new Scene().pool(p -> p.keeping(2), "small", 5, CHEAP);
    scene.warm.put(owner("small"), 9);

    assertThat(onlyMake(scene.plan()).count()).isEqualTo(5);
  }

  @Test
  void jobsComeBeforeMachinesThatWait() {
    var scene = new Scene().pool(p -> p.keeping(3), "small", 4, CHEAP).jobs(3, SMALL);

    var plan = scene.plan();
    assertThat(makes(plan)).extracting(Make::warm).containsExactly(false, true);
    assertThat(makes(plan)).extracting(Make::count).containsExactly(3, 1);
    assertThat(onlyWithheld(plan).subject())
        .isEqualTo(new Withheld.Subject.Warmth(owner("small").pool()));
  }

  private static Waiting rooms(Waiting w, String repository, int org, int repositoryRoom) {
    return new Waiting(
        w.org(),
        new Repository(repository),
        w.requirements(),
        w.jobs(),
        org,
        repositoryRoom,
        w.oldest(),
        w.notBefore());
  }

  private static List<Make> makes(Plan plan) {
    return plan.actions().stream().filter(Make.class::isInstance).map(Make.class::cast).toList();
  }

  private static Make onlyMake(Plan plan) {
    assertThat(plan.actions()).hasSize(1);
    return makes(plan).getFirst();
  }

  private static Withheld onlyWithheld(Plan plan) {
    assertThat(plan.withheld()).hasSize(1);
    return plan.withheld().getFirst();
  }
}
