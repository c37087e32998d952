package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.machine.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold between the leases of a machine's host and the machine's end. */
public abstract class MachineGrantContract extends MachineContract {
  protected MachineGrantContract() {}

  @BeforeEach
  final void declarePools() {
    declare(storage(), ACME, 10);
    for (var i = 0; i < 4; i++) {
      admit(NewJobs.of(ACME, "j-" + i));
    }
  }

  @Test
  void aMachineIsGrantedOneJobHoweverMuchItOffers() {
    bringUp(ACME, 1);

    assertThat(words(grantTo(1))).containsExactly("j-0");
    assertThat(grantTo(1)).isEmpty();
    assertThat(storage().leases().takes(ask(ACME, 1, 5))).isFalse();
    assertThat(found(1).busy()).isTrue();
    assertThat(machines().live().getFirst().busy()).isTrue();
  }

  @Test
  void aMachineThatIsNotReadyIsGrantedNothing() {
    reserve(ACME, 1);
    reserve(ACME, 2);
    machines().launched(name(2), "i-2", NOON);
    bringUp(ACME, 3);
    machines().retire(name(3), IDLE, false, NOON);
    bringUp(ACME, 4);
    machines().retire(name(4), IDLE, false, NOON);
    machines().gone(name(4), NOON);

    for (var number = 1; number <= 4; number++) {
      assertThat(grantTo(number)).as("machine %d", number).isEmpty();
      assertThat(storage().leases().takes(ask(ACME, number, 1))).isFalse();
    }
  }

  @Test
  void aHostThatIsNoMachineIsGrantedAsMuchAsItOffers() {
    assertThat(grantTo(1)).hasSize(4);
    assertThat(storage().leases().takes(offer(HOST, 1))).isTrue();
  }

  @Test
  void aMachineWhoseJobEndedIsGrantedNoOther() {
    bringUp(ACME, 1);
    bringUp(ACME, 2);
    bringUp(ACME, 3);
    var done = grantTo(1).getFirst();
    var failed = grantTo(2).getFirst();
    grantTo(3);

    finish(done);
    storage()
        .leases()
        .finish(failed.host(), failed.job().id(), failed.fence(), Outcome.exited(1), NOON);
    storage().leases().expire(5, 10, NOON.plus(TTL));

    for (var number = 1; number <= 3; number++) {
      assertThat(found(number).busy()).isFalse();
      assertThat(grantTo(number)).as("machine %d", number).isEmpty();
    }
    assertThat(words(grant(offer(HOST, 10)))).hasSize(2);
  }

  @Test
  void aMachineThatGaveItsJobBackUnstartedIsGrantedAnother() {
    bringUp(ACME, 1);
    bringUp(ACME, 2);

    giveBack(grantTo(1).getFirst(), new GivingBack.Unrun("it is not for me"));
    assertThat(words(grantTo(1))).containsExactly("j-0");
    giveBack(grantTo(2).getFirst(), new GivingBack.Postponed("no runner", Duration.ofMinutes(1)));
    assertThat(words(grantTo(2))).containsExactly("j-2");
  }

  @Test
  void aMachineWhoseJobFailedOrWasBegunIsGrantedNoOther() {
    bringUp(ACME, 1);
    bringUp(ACME, 2);

    giveBack(grantTo(1).getFirst(), new GivingBack.Failed("no sandbox", 5));
    var begun = grantTo(2).getFirst();
    storage().leases().started(begun.host(), begun.job().id(), begun.fence(), TTL, NOON);
    giveBack(begun, new GivingBack.Unrun("it is not for me"));

    assertThat(grantTo(1)).isEmpty();
    assertThat(grantTo(2)).isEmpty();
  }

  @Test
  void whatIsGivenBackUnderAnOldFenceMakesNoRoom() {
    bringUp(ACME, 1);
    var lease = grantTo(1).getFirst();
    giveBack(lease, new GivingBack.Unrun("it is not for me"));
    assertThat(grantTo(1)).hasSize(1);

    giveBack(lease, new GivingBack.Unrun("it is not for me"));

    assertThat(grantTo(1)).isEmpty();
  }

  @Test
  void nothingIsUsedUpWhenNothingFits() {
    bringUp(ACME, 1);
    var tiny = new Offer(name(1).host(), ACME, Host.Sharing.OWN, Labels.NONE, Size.NONE, 1);

    assertThat(grant(tiny)).isEmpty();

    assertThat(storage().leases().takes(tiny)).isTrue();
    assertThat(grantTo(1)).hasSize(1);
  }

  @Test
  void aMachineWithAJobIsNotRetiredUnlessItIsMeantAnyhow() {
    bringUp(ACME, 1);
    var lease = grantTo(1).getFirst();

    assertThat(machines().retire(name(1), IDLE, false, NOON)).isFalse();
    assertThat(found(1).stage()).isEqualTo(Stage.READY);
    assertThat(machines().retire(name(1), IDLE, true, NOON)).isTrue();

    assertThat(found(1).stage()).isEqualTo(Stage.ENDING);
    assertThat(found(1).busy()).isTrue();
    assertThat(storage().leases().heldBy(lease.host())).hasSize(1);
    finish(lease);
    assertThat(found(1).busy()).isFalse();
  }

  @Test
  void aMachineIsRetiredOnceItsJobIsOver() {
    bringUp(ACME, 1);
    finish(grantTo(1).getFirst());

    assertThat(machines().retire(name(1), IDLE, false, NOON)).isTrue();
  }

  @Test
  void theHostOfAMachineThatIsGoneStaysWhileItHoldsALease() {
    bringUp(ACME, 1);
    var lease = grantTo(1).getFirst();
    machines().retire(name(1), IDLE, true, NOON);

    machines().gone(name(1), NOON);

    assertThat(storage().hosts().find(name(1).host())).isPresent();
    storage().leases().expire(5, 10, NOON.plus(TTL));
    assertThat(storage().hosts().forgetUnseen(LATER)).containsExactly(lease.host());
  }

  @Test
  void aHostThatHasTheNameOfAnotherTenantsMachineTakesNothingFromIt() {
    bringUp(ACME, 1);
    admit(NewJobs.of(GLOBEX, "g-1"));

    assertThat(words(grant(ask(GLOBEX, 1, 1)))).containsExactly("g-1");

    assertThat(grantTo(1)).hasSize(1);
  }

  private List<Lease> grantTo(int number) {
    return grant(ask(ACME, number, 5));
  }

  private static Offer ask(OrgId org, int number, int slots) {
    return new Offer(
        name(number).host(),
        org,
        Host.Sharing.OWN,
        Labels.of(List.of("docker")),
        new Size(64_000, 1L << 40),
        slots);
  }

  private void finish(Lease lease) {
    storage()
        .leases()
        .finish(lease.host(), lease.job().id(), lease.fence(), Outcome.exited(0), NOON);
  }

  private void giveBack(Lease lease, GivingBack how) {
    storage().leases().giveBack(lease.host(), lease.job().id(), lease.fence(), how, NOON);
  }
}
