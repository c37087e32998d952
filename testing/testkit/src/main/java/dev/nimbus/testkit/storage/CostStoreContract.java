package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nimbus.core.cost.CostGroup;
import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.cost.JobUse;
import dev.nimbus.core.cost.MachineSpend;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.cost.Spent;
import dev.nimbus.core.cost.Split;
import dev.nimbus.core.cost.Workload;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.provider.Market;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.nimbus.core.storage.CostStore} must do. An hour of these machines costs
 * 204,000, a minute 3,400.
 */
public abstract class CostStoreContract extends MachineContract {
  private static final Period MONTH = Period.monthOf(NOON);
  private static final long MINUTE = 60_000;
  private static final Machine.End DONE = new Machine.End(EndCause.DONE, "it ran its job");

  protected CostStoreContract() {}

  @BeforeEach
  final void declarePools() {
    declare(storage(), ACME, 50);
    declare(storage(), GLOBEX, 50);
  }

  @Test
  void theTimeOfAJobIsPutDownToTheJobAndTheRestToNobody() {
    admit(job("j-1").repository("acme/shop").labels("docker").metadata("workflow", "ci"));
    bringUp(ACME, 1);
    finish(grantTo(1, minute(2)), minute(7));
    end(1, DONE, minute(10));

    var job = new CostGroup("acme/shop", new Split(17_000, 0, 0, 0), 1, 10 * MINUTE, 0);
    var rest = new CostGroup("-", new Split(0, 17_000, 0, 0), 0, 0, 0);
    assertThat(sums(Grouping.REPOSITORY)).containsExactly(rest, job);
    assertThat(sums(Grouping.WORKFLOW)).containsExactly(rest, named(job, "acme/shop ci"));
    assertThat(sums(Grouping.LABEL)).containsExactly(rest, named(job, "docker"));
    var whole = new CostGroup("small", new Split(17_000, 17_000, 0, 0), 1, 10 * MINUTE, 0);
    assertThat(sums(Grouping.POOL)).containsExactly(whole);
    assertThat(sums(Grouping.ORG)).containsExactly(named(whole, "acme"));
  }

  @Test
  void whatIsStillThereIsCountedUntilNow() {
    admit(job("j-1").repository("acme/shop"));
    bringUp(ACME, 1);
    grantTo(1, minute(2));

    assertThat(storage().costs().sums(ACME, MONTH, Grouping.POOL, minute(5)))
        .containsExactly(new CostGroup("small", new Split(10_200, 6_800, 0, 0), 1, 5 * MINUTE, 0));
    assertThat(storage().costs().sums(ACME, MONTH, Grouping.REPOSITORY, minute(5)))
        .extracting(CostGroup::name)
        .containsExactly("acme/shop", "-");
  }

  @Test
  void byWhateverItIsSummedUpTheSumIsTheSame() {
    for (var number = 1; number <= 12; number++) {
      admit(
          job("j-" + number)
              .repository("acme/r" + number % 3)
              .metadata("workflow", "w" + number % 4));
      bringUp(ACME, number);
      if (number % 4 > 0) {
        var lease = grantTo(number, minute(number));
        if (number % 3 > 0) {
          finish(lease, minute(number).plusMillis(7_777));
        }
      }
      end(number, number % 2 == 0 ? DONE : lost(), minute(2L * number).plusMillis(number));
    }
    admit(job("open"));
    bringUp(ACME, 13);
    grantTo(13, minute(3));

    var whole = total(Grouping.ORG);
    assertThat(whole.total()).isPositive();
    assertThat(List.of(whole.job(), whole.idle(), whole.warm(), whole.failed())).doesNotContain(0L);
    for (var by : Grouping.values()) {
      assertThat(total(by)).as(by.word()).isEqualTo(whole);
    }
    assertThat(machines().spending(minute(60)).byOrg()).containsEntry(ACME, whole.total());
  }

  @Test
  void theWorkflowIsTheOneOfTheForge() {
    storage()
        .forges()
        .queued(
            ForgeContract.delivery("d-1"),
            ForgeContract.forgeJob("1"),
            ForgeContract.serving("1").metadata("workflow", "mine").build(),
            ForgeContract.OPEN,
            NOON);
    bringUp(ACME, 1);
    finish(grantTo(1, NOON), minute(1));
    end(1, DONE, minute(1));

    assertThat(sums(Grouping.WORKFLOW))
        .extracting(CostGroup::name)
        .containsExactly("acme/shop ci.yaml");
  }

  @Test
  void aJobThatWasNotRunDoesNotPayForItsMachine() {
    admit(job("j-1").repository("acme/shop"));
    bringUp(ACME, 1);
    var lease = grantTo(1, minute(1));
    storage()
        .leases()
        .giveBack(lease.host(), lease.job().id(), lease.fence(), new GivingBack.Unrun("no"), NOON);
    end(1, IDLE, minute(2));

    assertThat(sums(Grouping.REPOSITORY))
        .containsExactly(new CostGroup("-", new Split(0, 6_800, 0, 0), 1, 2 * MINUTE, 0));
  }

  @Test
  void anEndToldAfterTheMachineIsGoneChangesNothing() {
    admit(job("j-1").repository("acme/shop"));
    bringUp(ACME, 1);
    var lease = grantTo(1, minute(1));
    machines().retire(name(1), lost(), true, minute(2));
    machines().gone(name(1), minute(2));
    var before = sums(Grouping.REPOSITORY);

    finish(lease, minute(3));

    assertThat(sums(Grouping.REPOSITORY)).isEqualTo(before);
    assertThat(before.getFirst().micros()).isEqualTo(new Split(0, 0, 0, 6_800));
  }

  @Test
  void whatNeverExistedCostsNothingAndWhatHasNoPriceIsNotCalledFree() {
    reserve(ACME, 1);
    end(1, IDLE, minute(5));
    var like = machine(ACME, 2);
    machines()
        .reserve(
            new NewMachine(
                like.spec(),
                like.userData(),
                like.ticket(),
                like.size(),
                -1,
                like.billing(),
                like.warm(),
                like.purpose()),
            NOON);
    machines().launched(name(2), "i-2", NOON);
    end(2, IDLE, minute(5));

    assertThat(sums(Grouping.POOL))
        .containsExactly(new CostGroup("small", Split.NONE, 1, 5 * MINUTE, 5 * MINUTE));
  }

  @Test
  void aMachineThatLivedOnFromOneMonthToTheNextIsPaidForInBoth() {
    var newYear = Instant.parse("2026-02-01T00:00:00Z");
    reserve(ACME, 1, newYear.minusSeconds(600));
    machines().launched(name(1), "i-1", newYear.minusSeconds(500));
    reserve(ACME, 5, newYear.minusSeconds(600));
    machines().launched(name(5), "i-5", newYear.minusSeconds(500));
    end(1, IDLE, newYear.plusSeconds(1_200));
    end(5, DONE, newYear.minusSeconds(60));

    var january = sums(Period.monthOf(newYear.minusSeconds(1)));
    var february = sums(Period.monthOf(newYear));
    assertThat(january.micros()).isEqualTo(new Split(0, 68_000, 0, 0));
    assertThat(february.micros()).isEqualTo(new Split(0, 68_000 + 170_000, 0, 0));
    assertThat(january.machines()).isEqualTo(2);
    assertThat(february.machines()).isZero();
    assertThat(machines().spending(newYear).byOrg()).containsEntry(ACME, 238_000L);
    var both = new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 1));
    assertThat(sums(both).micros()).isEqualTo(january.micros().plus(february.micros()));
  }

  @Test
  void whatEachKindOfMachineCostSaysHowManyWaitedForNothing() {
    admit(job("j-1"));
    for (var number : List.of(2, 4, 6)) {
      bringUp(ACME, number);
    }
    grantTo(2, minute(1));
    for (var number : List.of(2, 4)) {
      end(number, DONE, minute(2));
    }

    var kind = new MachineSpend.Kind(CLOUD, "zone-a", "c7i.xlarge", Market.SPOT);
    assertThat(storage().costs().spends(ACME, MONTH))
        .containsExactly(new MachineSpend(SMALL, kind, 4 * MINUTE, 13_600, 1, 6_800));
    assertThat(storage().costs().spends(GLOBEX, MONTH)).isEmpty();
  }

  @Test
  void whatWasSpentSinceRecordsBeganNeverGetsLess() {
    bringUp(ACME, 5);
    bringUp(GLOBEX, 1);
    bringUp(ACME, 3);

    var before = storage().costs().spent(minute(2));
    end(5, DONE, minute(2));
    var after = storage().costs().spent(minute(2));
    machines().forget(minute(60), 10);
    storage().costs().forget(MONTH.to(), 10);

    assertThat(before)
        .containsExactly(new Spent(ACME, CLOUD, 13_600), new Spent(GLOBEX, CLOUD, 6_800));
    assertThat(after)
        .containsExactly(new Spent(ACME, CLOUD, 210_800), new Spent(GLOBEX, CLOUD, 6_800));
    assertThat(storage().costs().spent(minute(2))).isEqualTo(after);
  }

  @Test
  void nobodySeesWhatAnotherTenantSpends() {
    bringUp(ACME, 1);
    bringUp(GLOBEX, 2);
    bringUp(GLOBEX, 3);
    end(1, IDLE, minute(1));
    end(2, IDLE, minute(2));

    assertThat(storage().costs().sums(ACME, MONTH, Grouping.ORG, minute(4)))
        .extracting(CostGroup::name)
        .containsExactly("acme");
    assertThat(storage().costs().sums(MONTH, minute(4)))
        .extracting(CostGroup::name, group -> group.micros().total())
        .containsExactly(tuple("globex", 3_400L * 6), tuple("acme", 3_400L));
  }

  @Test
  void costsStayWhenTheirMachinesAreForgottenUntilTheyAreToo() {
    bringUp(ACME, 1);
    end(1, IDLE, minute(1));
    machines().forget(minute(2), 10);

    assertThat(sums(Grouping.POOL)).hasSize(1);
    assertThat(storage().costs().forget(MONTH.from(), 10)).isZero();
    assertThat(storage().costs().forget(MONTH.to(), 10)).isEqualTo(1);
    assertThat(sums(Grouping.POOL)).isEmpty();
    assertThat(machines().spending(minute(2)).byOrg()).containsEntry(ACME, 3_400L);
  }

  @Test
  void costsAreForgottenOldestFirstAndBounded() {
    for (var number = 1; number <= 3; number++) {
      bringUp(ACME, number);
      end(number, IDLE, minute(number));
    }

    assertThat(storage().costs().forget(MONTH.to(), 2)).isEqualTo(2);
    assertThat(storage().costs().forget(MONTH.to(), 2)).isEqualTo(1);
  }

  @Test
  void whatJobsUsedIsKeptWhereTheirHostsCanTell() {
    for (var id : List.of("a", "b", "c", "d")) {
      admit(job(id).repository("acme/shop").labels("docker").metadata("workflow", "ci"));
    }
    var used = new Usage(Duration.ofSeconds(40), 300L << 20);
    finish(0, Outcome.exited(0), used);
    finish(1, Outcome.exited(1), new Usage(Duration.ofSeconds(40), 0));
    finish(2, Outcome.cancelled("ann"), used);
    finish(3, Outcome.exited(1), used);

    var workload =
        new Workload(
            new Repository("acme/shop"),
            "ci",
            "",
            new Requirements(Labels.of(List.of("docker")), new Size(1_000, 1L << 30)));
    var use = new JobUse(workload, Duration.ofSeconds(100), used);
    assertThat(storage().costs().uses(ACME, MONTH, 10)).containsExactly(use, use);
    assertThat(storage().costs().uses(ACME, MONTH, 1)).hasSize(1);
    assertThat(storage().costs().uses(GLOBEX, MONTH, 10)).isEmpty();
    var before = new Period(MONTH.from().minusMonths(1), MONTH.from());
    assertThat(storage().costs().uses(ACME, before, 10)).isEmpty();
  }

  private void finish(int number, Outcome outcome, Usage used) {
    var lease = grant(offer(HOST, 1, "docker")).getFirst();
    var begun = minute(number);
    storage().leases().started(HOST, lease.job().id(), lease.fence(), TTL, begun);
    storage()
        .leases()
        .finish(HOST, lease.job().id(), lease.fence(), outcome, used, begun.plusSeconds(100));
  }

  private static NewJobs job(String id) {
    return NewJobs.of(ACME, id);
  }

  private static Machine.End lost() {
    return new Machine.End(EndCause.LOST, "its agent fell silent");
  }

  private static Instant minute(long minutes) {
    return NOON.plusMillis(minutes * MINUTE);
  }

  private static CostGroup named(CostGroup group, String name) {
    return new CostGroup(
        name, group.micros(), group.machines(), group.millis(), group.unpricedMillis());
  }

  private List<CostGroup> sums(Grouping by) {
    return storage().costs().sums(ACME, MONTH, by, minute(60));
  }

  private CostGroup sums(Period period) {
    return storage()
        .costs()
        .sums(ACME, period, Grouping.POOL, Instant.parse("2026-03-01T00:00:00Z"))
        .getFirst();
  }

  private Split total(Grouping by) {
    return sums(by).stream().map(CostGroup::micros).reduce(Split.NONE, Split::plus);
  }

  private Lease grantTo(int number, Instant now) {
    var offer =
        new Offer(
            name(number).host(),
            ACME,
            Host.Sharing.OWN,
            Labels.of(List.of("docker")),
            new Size(64_000, 1L << 40),
            1);
    return storage().leases().grant(offer, TTL, now).getFirst();
  }

  private void finish(Lease lease, Instant now) {
    storage()
        .leases()
        .finish(lease.host(), lease.job().id(), lease.fence(), Outcome.exited(0), now);
  }

  private void end(int number, Machine.End end, Instant now) {
    machines().retire(name(number), end, true, now);
    machines().gone(name(number), now);
  }
}
