package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.storage.MachineStore.Reserving;
import dev.nimbus.core.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold of machines when many threads, and control planes, act at once. */
public abstract class MachineRaceContract extends MachineContract {
  private Storage second;

  /** Opens what the first storage keeps a second time, as another control plane would. */
  protected Storage openAgain(Storage first) {
    return first;
  }

  @BeforeEach
  final void openSecond() {
    second = openAgain(storage());
  }

  @AfterEach
  final void closeSecond() {
    second.close();
  }

  protected MachineRaceContract() {}

  @Test
  void concurrentReservationsNeverPassTheCapOfAPool() {
    declare(storage(), ACME, 5);

    var results =
        Together.run(
            index -> {
              var all = new ArrayList<Reserving>();
              for (var i = 0; i < 6; i++) {
                all.add(at(index).machines().reserve(machine(ACME, index * 100 + i), NOON));
              }
              return all;
            });

    assertThat(results).filteredOn(Reserving.Reserved.class::isInstance).hasSize(5);
    assertThat(machines().live()).hasSize(5);
  }

  @Test
  void oneNameReservedByManyAtOnceIsOneMachine() {
    declare(storage(), ACME, 50);

    var results =
        Together.run(index -> List.of(at(index).machines().reserve(machine(ACME, 1), NOON)));

    assertThat(results).filteredOn(Reserving.Reserved.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Reserving.Known.class::isInstance).hasSize(Together.THREADS - 1);
  }

  @Test
  void manyThatNameTheInstallationAtOnceAgree() {
    var named =
        Together.run(
            index ->
                List.of(at(index).providers().controller(new ControllerId("c000000" + index))));

    assertThat(named).containsOnly(named.getFirst());
  }

  @Test
  void aTicketShownByManyAtOnceIsGoodForOne() {
    declare(storage(), ACME, 5);
    reserve(ACME, 1);

    var redeemed =
        Together.run(
            index -> at(index).machines().redeem(name(1), ticket(1), NOON).stream().toList());

    assertThat(redeemed).hasSize(1);
  }

  @Test
  void anAccountRemovedWhileMachinesAreReservedHasNoneLeft() {
    for (var round = 0; round < 10; round++) {
      declare(storage(), ACME, 50);
      var first = round * 1_000;

      Together.run(
          index -> {
            if (index == 0) {
              removeCloud();
            } else {
              at(index).machines().reserve(machine(ACME, first + index), NOON);
            }
            return List.of();
          });

      var left = machines().live();
      if (storage().providers().find(ACME, CLOUD).isEmpty()) {
        assertThat(left).isEmpty();
      }
      left.forEach(machine -> end(machine));
    }
  }

  @Test
  void noLeaseIsEverOnAMachineThatWasRetiredForBeingIdle() {
    declare(storage(), ACME, 50);
    for (var number = 0; number < 40; number++) {
      bringUp(ACME, number);
      admit(NewJobs.of(ACME, "j-" + number));
    }

    var taken =
        Together.run(
            index -> {
              var mine = new ArrayList<String>();
              for (var i = 0; i < 40; i++) {
                var number = index % 4 < 2 ? i : 39 - i;
                if (index % 2 == 0 && retire(index, number)) {
                  mine.add(name(number).value());
                } else if (index % 2 == 1) {
                  ask(index, number).forEach(lease -> mine.add(lease.host().value()));
                }
              }
              return mine;
            });

    assertThat(taken).hasSize(40).doesNotHaveDuplicates();
    for (var machine : machines().live()) {
      assertThat(machine.busy()).as("%s", machine).isEqualTo(machine.stage() == Stage.READY);
    }
    assertThat(storage().repair()).isZero();
  }

  @Test
  void aMachineAskedForBySeveralAtOnceHoldsOneJobAtATime() {
    declare(storage(), ACME, 50);
    for (var number = 0; number < 4; number++) {
      bringUp(ACME, number);
    }
    for (var i = 0; i < 60; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }

    var held =
        Together.run(
            index -> {
              var most = new ArrayList<Integer>();
              for (var i = 0; i < 12; i++) {
                var number = (index + i) % 4;
                var leases = ask(index, number);
                most.add(at(index).leases().heldBy(name(number).host()).size());
                leases.forEach(lease -> giveBack(index, lease));
              }
              return most;
            });

    assertThat(held).allMatch(count -> count <= 1);
    for (var number = 0; number < 4; number++) {
      assertThat(ask(0, number)).hasSize(1);
      assertThat(ask(1, number)).isEmpty();
    }
    assertThat(storage().repair()).isZero();
  }

  private void removeCloud() {
    try {
      storage().providers().remove(ACME, CLOUD);
    } catch (NimbusException e) {
      assertThat(e).hasMessageContaining("machines are not gone");
    }
  }

  private void end(Machine machine) {
    machines().retire(machine.name(), IDLE, true, NOON);
    machines().gone(machine.name(), NOON);
  }

  private boolean retire(int index, int number) {
    return at(index).machines().retire(name(number), IDLE, false, NOON);
  }

  private List<Lease> ask(int index, int number) {
    var offer =
        new Offer(
            name(number).host(),
            ACME,
            Host.Sharing.OWN,
            Labels.NONE,
            new Size(64_000, 1L << 40),
            3);
    return at(index).leases().grant(offer, TTL, NOON);
  }

  private void giveBack(int index, Lease lease) {
    at(index)
        .leases()
        .giveBack(
            lease.host(), lease.job().id(), lease.fence(), new GivingBack.Unrun("not now"), NOON);
  }

  private Storage at(int index) {
    return index % 2 == 0 ? storage() : second;
  }
}
