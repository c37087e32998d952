package dev.nimbus.adapters.azure;

import static dev.nimbus.adapters.azure.AzureAccount.OURS;
import static dev.nimbus.adapters.azure.AzureAccount.cell;
import static dev.nimbus.adapters.azure.AzureAccount.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Market;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Azure does that a contract of all providers does not know. */
final class AzureFaultTest {
  private static final String CARDS = "Microsoft.Network/networkInterfaces";
  private final AzureAccount account = new AzureAccount();
  private final AzureProvider provider = account.open(OURS);

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void aMachineWhoseAllocationFailedIsRemovedWithItsParts() {
    account.arm().runOut();

    assertThat(provider.launch(spec("failed01"))).isInstanceOf(Launch.OutOfCapacity.class);
    account.arm().settle();

    assertThat(account.arm().machines()).isEmpty();
    assertThat(account.arm().parts()).isEmpty();
  }

  @Test
  void anAllocationThatFailsAfterALostAnswerIsToldToWhoAsksAgain() {
    account.arm().runOut();
    account.arm().loseAnswer();
    assertThatThrownBy(() -> provider.launch(spec("failed02"))).isInstanceOf(NimbusException.class);
    account.arm().settle();

    assertThat(provider.launch(spec("failed02"))).isInstanceOf(Launch.OutOfCapacity.class);
    account.arm().settle();

    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void aMachineAzureHasNotDecidedAboutIsThereAndStarting() {
    account.arm().waitInVain(100);

    var launched = (Launch.Launched) provider.launch(spec("slow0001"));

    assertThat(launched.instance().state()).isEqualTo(Instance.State.STARTING);
    assertThat(provider.instances()).extracting(Instance::ref).contains(launched.instance().ref());
  }

  @Test
  void aMachineThatFailedUnseenIsListedAsDoingNothing() {
    var ref = launched("failed03");
    account.arm().fail("nb-ours0001-failed03", "AllocationFailed", "none left");

    assertThat(provider.instances())
        .extracting(Instance::state)
        .containsExactly(Instance.State.STOPPED);
    provider.terminate(ref);
    account.arm().settle();
    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void aMachineOfOtherParametersIsNotTakenForTheOneThatIsWanted() {
    launched("again001");

    var answer = provider.launch(spec("again001", cell(Market.ON_DEMAND), "#cloud-config\n{}\n"));

    assertThat(why(answer)).contains("other parameters");
    assertThat(account.arm().machines()).hasSize(1);
  }

  @Test
  void aMachineOfSomebodyElseIsNeitherTakenNorEnded() {
    account.arm().plant("nb-ours0001-planted1", Map.of("team", "mail"));
    var ref = new InstanceRef(spec("planted1").name(), "westeurope-1", "");

    assertThat(why(provider.launch(spec("planted1")))).contains("not ours");
    assertThatThrownBy(() -> provider.terminate(ref))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
    assertThat(provider.instances()).isEmpty();
    assertThat(account.arm().asked("DELETE", "")).isEmpty();
  }

  @Test
  void aMachineOnItsWayOutDoesNotComeAgain() {
    provider.terminate(launched("ended001"));

    assertThat(why(provider.launch(spec("ended001")))).contains("does not come again");
  }

  @Test
  void whatIsLeftOfAMachineIsListedUntilItIsRemoved() {
    var gone = openWithAddress();
    account.arm().vanish(gone.name().value());

    var left = provider.instances();
    assertThat(left).extracting(one -> one.ref().name()).containsExactly(gone.name());
    assertThat(left).extracting(Instance::state).containsExactly(Instance.State.STOPPED);
    provider.terminate(left.getFirst().ref());

    assertThat(account.arm().parts()).isEmpty();
    assertThat(provider.instances()).isEmpty();
  }

  @Test
  void whatCannotBeRemovedYetIsRemovedLaterAndTheRestNow() {
    var gone = openWithAddress();
    account.arm().vanish(gone.name().value());
    account.arm().reserve(gone.name().value());

    assertThatThrownBy(() -> provider.terminate(gone))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("NicReservedForAnotherVm");
    account.arm().release();
    provider.terminate(gone);

    assertThat(account.arm().parts()).isEmpty();
  }

  @Test
  void whatBelongsToAnotherControllerOrToNobodyIsNotTouched() {
    var theirs = Map.of("nimbus-controller", "theirs02");
    account.arm().plantPart(CARDS, "nb-theirs02-machine1-nic-1", theirs);
    account.arm().plantPart(CARDS, "nb-ours0001-machine1-nic-1", theirs);
    account.arm().plantPart(CARDS, "mail-nic", Map.of("nimbus-controller", "ours0001"));
    account.arm().plantPart("Microsoft.Compute/disks", "nb-ours0001-machine1-nic", Map.of());
    var ref = new InstanceRef(spec("machine1").name(), "westeurope-1", "");

    assertThat(provider.instances()).isEmpty();
    provider.terminate(ref);

    assertThat(account.arm().parts()).hasSize(4);
  }

  @Test
  void whatIsLeftOfAMachineThatIsOnlyListedLateIsTheMachine() {
    account.arm().listLate();
    var ref = launched("late0003");

    assertThat(provider.instances()).extracting(Instance::ref).containsExactly(ref);
    assertThat(provider.instances())
        .extracting(Instance::state)
        .containsExactly(Instance.State.RUNNING);
  }

  @Test
  void machinesThatShutThemselvesDownAreSeenToDoNothing() {
    launched("stopped1");
    launched("running1");
    account.arm().power("nb-ours0001-stopped1", "stopped");

    assertThat(states())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "nb-ours0001-stopped1", Instance.State.STOPPED,
                "nb-ours0001-running1", Instance.State.RUNNING));
    account.arm().power("nb-ours0001-stopped1", "deallocated");
    assertThat(states()).containsEntry("nb-ours0001-stopped1", Instance.State.STOPPED);
  }

  @Test
  void everyPageOfAListIsRead() {
    account.arm().pagesOf(1);
    launched("page0001");
    launched("page0002");
    launched("page0003");
    account.arm().power("nb-ours0001-page0003", "stopped");

    assertThat(states()).hasSize(3).containsEntry("nb-ours0001-page0003", Instance.State.STOPPED);
  }

  @Test
  void aListWithAPageMissingIsNoList() {
    account.arm().pagesOf(1);
    launched("page0004");
    launched("page0005");
    account.arm().losePagesAfter(1);

    assertThatThrownBy(provider::instances)
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void noTokenIsSentWhereAPageSaysTheNextOneIs() {
    try (var elsewhere = new AzureAccount()) {
      account.arm().pagesOf(1);
      launched("page0006");
      launched("page0007");
      account.arm().continueAt(elsewhere.arm().url());

      assertThatThrownBy(provider::instances).hasMessageContaining("where nothing is sent");
      assertThat(elsewhere.arm().asked()).isEmpty();
    }
  }

  @Test
  void aConflictWithSomethingElseIsWorthAskingAgain() {
    account.arm().refuse(409, "AnotherOperationInProgress", "Another operation is in progress.");

    assertThatThrownBy(() -> provider.launch(spec("busy0001")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(provider.launch(spec("busy0001"))).isInstanceOf(Launch.Launched.class);
  }

  @Test
  void aQuotaThatOurOwnMachineUsedUpIsNoRefusal() {
    var ref = launched("quota002");
    account.arm().reachQuota();

    var again = (Launch.Launched) provider.launch(spec("quota002"));

    assertThat(again.instance().ref()).isEqualTo(ref);
  }

  @Test
  void itIsLeftAloneForAsLongAsItSays() {
    account.arm().throttle(Duration.ofSeconds(37));

    var answer = (Launch.Throttled) provider.launch(spec("often002"));

    assertThat(answer.again()).isEqualTo(Duration.ofSeconds(37));
    assertThat(account.arm().asked("PUT", "/virtualMachines/")).hasSize(1);
  }

  @Test
  void anActionTheRoleLacksIsNamed() {
    account.arm().deny("Microsoft.Network/virtualNetworks/subnets/join/action");

    assertThat(why(provider.launch(spec("denied01"))))
        .contains("the role lacks Microsoft.Network/virtualNetworks/subnets/join/action");
  }

  @Test
  void aSecretThatIsNotBelievedIsSaidToBeThat() {
    account.arm().distrust();

    assertThatThrownBy(provider::instances)
        .hasMessageContaining("does not believe the credentials")
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
  }

  private InstanceRef openWithAddress() {
    try (var withAddress = account.open(OURS, Map.of("public_ip", "true"))) {
      var launched = (Launch.Launched) withAddress.launch(spec("leftover"));
      return launched.instance().ref();
    }
  }

  private InstanceRef launched(String unique) {
    var launched = (Launch.Launched) provider.launch(spec(unique));
    return launched.instance().ref();
  }

  private Map<String, Instance.State> states() {
    var states = new TreeMap<String, Instance.State>();
    List<Instance> all = provider.instances();
    all.forEach(one -> states.put(one.ref().name().value(), one.state()));
    return states;
  }

  private static String why(Launch launch) {
    return ((Launch.Refused) launch).why();
  }
}
