package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Moments;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.storage.MachineStore.Reserving;
import dev.nimbus.core.storage.MachineStore.Unanswered;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link dev.nimbus.core.storage.MachineStore} must do. */
public abstract class MachineStoreContract extends MachineContract {
  private static final Optional<Instant> NEVER = Optional.empty();

  protected MachineStoreContract() {}

  @BeforeEach
  final void declarePools() {
    declare(storage(), ACME, 3);
    declare(storage(), GLOBEX, 3);
  }

  @Test
  void aReservedMachineIsFoundAsItWasMeant() {
    var wanted = machine(ACME, 1);

    var reserved = machines().reserve(wanted, NOON);

    var machine =
        new Machine(
            ACME,
            name(1),
            SMALL,
            wanted.spec().cell(),
            SIZE,
            204_000,
            false,
            "2 jobs wait for it",
            Stage.ASKED,
            "",
            Report.NONE,
            false,
            Optional.empty(),
            new Moments(NOON, NEVER, NEVER, NEVER, NEVER, NEVER),
            1);
    assertThat(reserved).isEqualTo(new Reserving.Reserved(machine));
    assertThat(machines().find(name(1))).contains(machine);
    assertThat(machines().find(ACME, name(1))).contains(machine);
  }

  @Test
  void whatIsToBeAskedForIsKeptToTheNanosecondAndWithoutItsSecret() {
    reserve(ACME, 1);

    var spec = machine(ACME, 1).spec();
    assertThat(machines().unanswered(name(1)))
        .contains(
            new Unanswered(
                new MachineSpec(
                    spec.name(), spec.owner(), spec.cell(), spec.diskGib(), "", spec.maxLife()),
                USER_DATA));
  }

  @Test
  void aNameUsedBeforeChangesNothing() {
    var made = reserve(ACME, 1);

    assertThat(machines().reserve(machine(ACME, 1), LATER)).isEqualTo(new Reserving.Known());
    assertThat(machines().reserve(machine(GLOBEX, 1), LATER)).isEqualTo(new Reserving.Known());
    assertThat(found(1)).isEqualTo(made);
    end(1);
    assertThat(machines().reserve(machine(ACME, 1), LATER)).isEqualTo(new Reserving.Known());
  }

  @Test
  void aPoolNeverHasMoreThanItMayUntilOneIsGone() {
    for (var number = 1; number <= 3; number++) {
      reserve(ACME, number);
    }

    assertThat(machines().reserve(machine(ACME, 4), NOON)).isEqualTo(new Reserving.Full(3));
    machines().retire(name(2), IDLE, false, NOON);
    assertThat(machines().reserve(machine(ACME, 4), NOON)).isEqualTo(new Reserving.Full(3));
    machines().gone(name(2), NOON);
    reserve(ACME, 4);
    reserve(GLOBEX, 5);
  }

  @Test
  void theCapOfAPoolIsTheOneStoredNow() {
    reserve(ACME, 1);
    storage().pools().apply(pool(ACME, "small", 1), NOON);

    assertThat(machines().reserve(machine(ACME, 2), NOON)).isEqualTo(new Reserving.Full(1));
    storage().pools().apply(pool(ACME, "small", 2), NOON);
    reserve(ACME, 2);
  }

  @Test
  void aMachineOfNoPoolOrNoProviderOfItIsUnwanted() {
    unwanted(4, new PoolName("large"), CLOUD);
    unwanted(4, SMALL, new ProviderName("elsewhere"));
    storage().providers().remove(GLOBEX, CLOUD);
    assertThat(machines().reserve(machine(GLOBEX, 4), NOON)).isInstanceOf(Reserving.Unwanted.class);
    storage().pools().remove(ACME, SMALL);
    unwanted(4, SMALL, CLOUD);
    assertThat(machines().live()).isEmpty();
  }

  @Test
  void aLaunchedMachineBootsAndItsSecretIsForgotten() {
    reserve(ACME, 1);

    assertThat(machines().launched(name(1), "i-1", LATER)).isTrue();

    assertThat(found(1).stage()).isEqualTo(Stage.BOOTING);
    assertThat(found(1).providerId()).isEqualTo("i-1");
    assertThat(found(1).moments().launched()).contains(LATER);
    assertThat(found(1).revision()).isEqualTo(2);
    assertThat(machines().unanswered(name(1))).isEmpty();
  }

  @Test
  void anAnswerHeardTwiceChangesNothing() {
    reserve(ACME, 1);
    machines().launched(name(1), "i-1", NOON);
    var before = found(1);

    assertThat(machines().launched(name(1), "i-1", LATER)).isTrue();

    assertThat(found(1)).isEqualTo(before);
  }

  @Test
  void aMachineMayRegisterBeforeTheAnswerOfItsProviderIsRecorded() {
    reserve(ACME, 1);

    assertThat(machines().ready(name(1), NOON)).isTrue();
    assertThat(machines().unanswered(name(1))).isPresent();
    assertThat(machines().launched(name(1), "i-1", LATER)).isTrue();

    assertThat(found(1).stage()).isEqualTo(Stage.READY);
    assertThat(found(1).providerId()).isEqualTo("i-1");
    assertThat(found(1).moments().launched()).contains(LATER);
    assertThat(machines().unanswered(name(1))).isEmpty();
  }

  @Test
  void anAnswerForAMachineThatIsNotWantedKeepsTheIdToEndItBy() {
    reserve(ACME, 1);
    reserve(ACME, 2);
    machines().retire(name(1), IDLE, false, NOON);
    end(2);

    assertThat(machines().launched(name(1), "i-1", LATER)).isFalse();
    assertThat(machines().launched(name(2), "i-2", LATER)).isFalse();
    assertThat(machines().launched(name(3), "i-3", LATER)).isFalse();

    assertThat(found(1).stage()).isEqualTo(Stage.ENDING);
    assertThat(found(1).providerId()).isEqualTo("i-1");
    assertThat(found(1).moments().launched()).contains(LATER);
    assertThat(found(2).stage()).isEqualTo(Stage.GONE);
    assertThat(found(2).providerId()).isEqualTo("i-2");
    assertThat(found(2).moments().launched()).isEmpty();
  }

  @Test
  void aTicketIsGoodOnce() {
    reserve(ACME, 1);

    assertThat(machines().redeem(name(1), ticket(2), NOON)).isEmpty();
    assertThat(machines().redeem(name(1), "", NOON)).isEmpty();
    assertThat(machines().redeem(name(2), ticket(2), NOON)).isEmpty();
    var redeemed = machines().redeem(name(1), ticket(1), LATER);
    assertThat(machines().redeem(name(1), ticket(1), LATER)).isEmpty();

    assertThat(redeemed).contains(found(1));
    assertThat(found(1).moments().redeemed()).contains(LATER);
    assertThat(found(1).revision()).isEqualTo(2);
  }

  @Test
  void theTicketOfAMachineThatIsNotWantedIsGoodForNothing() {
    reserve(ACME, 1);
    reserve(ACME, 2);
    machines().retire(name(1), IDLE, false, NOON);
    end(2);

    assertThat(machines().redeem(name(1), ticket(1), NOON)).isEmpty();
    assertThat(machines().redeem(name(2), ticket(2), NOON)).isEmpty();
    assertThat(machines().redeem(name(2), "", NOON)).isEmpty();
  }

  @Test
  void aTicketProvesItsMachineUntilThatIsGoneWhetherSpentOrNot() {
    reserve(ACME, 1);

    assertThat(machines().proves(name(1), ticket(1))).isTrue();
    machines().redeem(name(1), ticket(1), NOON);
    machines().retire(name(1), IDLE, false, NOON);
    assertThat(machines().proves(name(1), ticket(1))).isTrue();
    assertThat(machines().proves(name(1), ticket(2))).isFalse();
    assertThat(machines().proves(name(2), ticket(2))).isFalse();
    assertThat(machines().proves(name(2), "")).isFalse();

    machines().gone(name(1), NOON);
    assertThat(machines().proves(name(1), ticket(1))).isFalse();
    assertThat(machines().proves(name(1), "")).isFalse();
  }

  @Test
  void whatMachinesCostIsCountedFromTheBeginningOfTheMonth() {
    var before = Instant.parse("2025-12-31T23:00:00Z");
    var hour = NOON.plusSeconds(3_600);
    reserve(ACME, 1, before);
    machines().launched(name(1), "i-1", NOON);
    reserve(ACME, 2, NOON);
    machines().ready(name(2), NOON);
    machines().retire(name(2), IDLE, false, NOON);
    machines().gone(name(2), NOON.plusMillis(1_800_001));
    reserve(ACME, 3, NOON);
    reserve(GLOBEX, 4, NOON);
    machines().launched(name(4), "i-4", NOON);

    var spent = machines().spending(hour);

    assertThat(spent.byOrg()).isEqualTo(Map.of(ACME, 13 * 204_000L + 102_000, GLOBEX, 204_000L));
    assertThat(spent.byPool())
        .isEqualTo(
            Map.of(
                new Owner(ACME, SMALL),
                13 * 204_000L + 102_000,
                new Owner(GLOBEX, SMALL),
                204_000L));
    assertThat(machines().spending(before.plusSeconds(60)).byOrg()).isEqualTo(Map.of(ACME, 3_400L));
  }

  @Test
  void whatWasGoneBeforeTheMonthOrHasNoPriceCostsNothing() {
    var before = Instant.parse("2025-12-31T23:00:00Z");
    reserve(ACME, 1, before);
    machines().launched(name(1), "i-1", before);
    machines().retire(name(1), IDLE, false, before);
    machines().gone(name(1), before.plusSeconds(60));
    priced(2, -1);
    priced(3, Long.MAX_VALUE);

    assertThat(machines().spending(NOON.plusSeconds(3_600)).byOrg())
        .isEqualTo(Map.of(ACME, 1_000_000_000_000L));
  }

  @Test
  void beingReadyTwiceChangesNothing() {
    reserve(ACME, 1);
    machines().launched(name(1), "i-1", NOON);

    assertThat(machines().ready(name(1), LATER)).isTrue();
    var before = found(1);
    assertThat(machines().ready(name(1), LATER.plusSeconds(1))).isTrue();

    assertThat(found(1)).isEqualTo(before);
    assertThat(before.moments().ready()).contains(LATER);
    assertThat(before.stage()).isEqualTo(Stage.READY);
  }

  @Test
  void aMachineThatIsNotWantedIsNeverReady() {
    reserve(ACME, 1);
    machines().retire(name(1), IDLE, false, NOON);

    assertThat(machines().ready(name(1), NOON)).isFalse();
    machines().gone(name(1), NOON);
    assertThat(machines().ready(name(1), NOON)).isFalse();
    assertThat(machines().ready(name(2), NOON)).isFalse();
    assertThat(found(1).moments().ready()).isEmpty();
  }

  @Test
  void whatAMachineSaysOfItselfIsKeptUntilItIsGone() {
    reserve(ACME, 1);
    var failed = new Report("failed", "no disk\nleft");

    assertThat(machines().report(name(1), new Report("installing", ""), NOON)).isTrue();
    machines().retire(name(1), IDLE, false, NOON);
    assertThat(machines().report(name(1), failed, NOON)).isTrue();
    var revision = found(1).revision();
    assertThat(machines().report(name(1), failed, NOON)).isTrue();
    assertThat(found(1).revision()).isEqualTo(revision);
    machines().gone(name(1), NOON);

    assertThat(machines().report(name(1), Report.NONE, NOON)).isFalse();
    assertThat(machines().report(name(2), Report.NONE, NOON)).isFalse();
    assertThat(found(1).report()).isEqualTo(failed);
  }

  @Test
  void aRetiredMachineSaysWhyAndNeverComesBack() {
    reserve(ACME, 1);
    var asked = new Machine.End(EndCause.ASKED_FOR, "alice ended it");

    assertThat(machines().retire(name(1), IDLE, false, LATER)).isTrue();
    assertThat(machines().retire(name(1), asked, true, LATER)).isFalse();

    assertThat(found(1).stage()).isEqualTo(Stage.ENDING);
    assertThat(found(1).end()).contains(IDLE);
    assertThat(found(1).moments().ending()).contains(LATER);
    assertThat(machines().unanswered(name(1))).isEmpty();
    assertThat(machines().retire(name(2), asked, true, LATER)).isFalse();
  }

  @Test
  void onlyAMachineThatIsEndingCanBeGone() {
    reserve(ACME, 1);

    assertThat(machines().gone(name(1), NOON)).isFalse();
    machines().retire(name(1), IDLE, false, NOON);
    assertThat(machines().gone(name(1), LATER)).isTrue();
    assertThat(machines().gone(name(1), LATER)).isFalse();
    assertThat(machines().gone(name(2), LATER)).isFalse();

    assertThat(found(1).stage()).isEqualTo(Stage.GONE);
    assertThat(found(1).end()).contains(IDLE);
    assertThat(found(1).moments().gone()).contains(LATER);
  }

  @Test
  void theHostOfAMachineThatIsGoneIsForgotten() {
    bringUp(ACME, 1);
    bringUp(ACME, 2);

    end(1);

    assertThat(storage().hosts().find(name(1).host())).isEmpty();
    assertThat(storage().hosts().find(name(2).host())).isPresent();
  }

  @Test
  void aHostOfAnotherTenantIsNotForgottenWithTheMachineWhoseNameItHas() {
    reserve(ACME, 1);
    register(storage(), GLOBEX, 1);

    end(1);

    assertThat(storage().hosts().find(name(1).host())).isPresent();
  }

  @Test
  void nobodySeesTheMachineOfAnotherTenant() {
    reserve(ACME, 1);

    assertThat(machines().find(GLOBEX, name(1))).isEmpty();
    assertThat(machines().list(GLOBEX, true, 10)).isEmpty();
  }

  @Test
  void machinesAreListedNewestFirstAndThoseThatAreGoneOnlyWhenAskedFor() {
    reserve(ACME, 2, NOON);
    reserve(ACME, 1, LATER);
    reserve(ACME, 3, NOON);
    reserve(GLOBEX, 4, NOON);
    end(3);

    assertThat(names(machines().list(ACME, true, 10))).isEqualTo(names(1, 3, 2));
    assertThat(names(machines().list(ACME, false, 10))).isEqualTo(names(1, 2));
    assertThat(names(machines().list(ACME, true, 2))).isEqualTo(names(1, 3));
    assertThat(names(machines().list(ACME, false, 1))).isEqualTo(names(1));
    assertThat(names(machines().live())).isEqualTo(names(1, 2, 4));
  }

  @Test
  void whatIsGoneIsForgottenOldestFirstAndBounded() {
    for (var number = 1; number <= 3; number++) {
      reserve(ACME, number);
      machines().retire(name(number), IDLE, false, NOON);
      machines().gone(name(number), NOON.plusSeconds(number));
    }
    reserve(ACME, 4);

    assertThat(machines().forget(NOON.plusSeconds(3), 1)).isEqualTo(1);
    assertThat(names(machines().list(ACME, true, 10))).isEqualTo(names(4, 3, 2));
    assertThat(machines().forget(NOON.plusSeconds(3), 10)).isEqualTo(1);
    assertThat(machines().forget(NOON.plusSeconds(3), 10)).isZero();
    assertThat(names(machines().list(ACME, true, 10))).isEqualTo(names(4, 3));
  }

  private void unwanted(int number, PoolName pool, ProviderName provider) {
    assertThat(machines().reserve(machine(ACME, number, pool, provider), NOON))
        .isInstanceOf(Reserving.Unwanted.class);
  }

  private void priced(int number, long microsPerHour) {
    var like = machine(ACME, number);
    machines()
        .reserve(
            new NewMachine(
                like.spec(),
                like.userData(),
                like.ticket(),
                like.size(),
                microsPerHour,
                like.billing(),
                like.warm(),
                like.purpose()),
            NOON);
    machines().launched(name(number), "i-" + number, NOON);
  }

  private void end(int number) {
    machines().retire(name(number), IDLE, false, NOON);
    machines().gone(name(number), NOON);
  }
}
