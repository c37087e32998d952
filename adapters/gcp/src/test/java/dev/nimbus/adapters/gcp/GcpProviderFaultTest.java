package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderFaultContract;
import dev.nimbus.testkit.provider.ProviderFaults;
import dev.nimbus.testkit.provider.gcp.FakeGce;
import dev.nimbus.testkit.provider.gcp.Google;
import dev.nimbus.testkit.provider.gcp.WithGoogle;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On spot, which is asked for in the same way. */
@ExtendWith(WithGoogle.class)
final class GcpProviderFaultTest extends ProviderFaultContract {
  private static final String INSERT = "compute.instances.insert";

  private final GceAccount account;

  GcpProviderFaultTest(Google google) {
    account = new GceAccount(google);
  }

  @AfterEach
  void leave() {
    account.close();
  }

  @Override
  protected Provider open(ControllerId controller) {
    return account.open(controller);
  }

  @Override
  protected Cell cell() {
    return GceAccount.cell(Market.SPOT);
  }

  @Override
  protected String userData() {
    return "#cloud-config\n";
  }

  @Override
  protected ProviderFaults faults() {
    return account.gce();
  }

  @Override
  protected void settle() {
    account.gce().settle();
  }

  @Test
  void aQuotaThatShowsOnlyAfterAWhileIsToldApartAsWell() {
    gce().failLater("QUOTA_EXCEEDED", "Quota 'N2_CPUS' exceeded. Limit: 24.0");

    assertThat(provider().launch(spec(OURS, "quota002"))).isInstanceOf(Launch.OverQuota.class);
    assertThat(gce().machines()).isEmpty();
  }

  @Test
  void whereCapacityWasMissingTheSameRequestMayFindSomeLater() {
    var spec = spec(OURS, "later001");
    faults().runOut();

    assertThat(provider().launch(spec)).isInstanceOf(Launch.OutOfCapacity.class);
    assertThat(provider().launch(spec)).isInstanceOf(Launch.Launched.class);
    assertThat(gce().machines()).hasSize(1);
  }

  @Test
  void whatGoogleDoesNotUnderstandItselfIsNoAnswer() {
    gce().refuse(500, "internalError", "Internal Error");
    gce().refuse(503, "backendError", "Backend Error");

    for (var unique : new String[] {"inner001", "inner002"}) {
      assertThatThrownBy(() -> provider().launch(spec(OURS, unique)))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  @Test
  void aProviderThatSaysForHowLongIsLeftAloneForThatLong() {
    faults().throttle(Duration.ofSeconds(42));

    assertThat(provider().launch(spec(OURS, "often002")))
        .isInstanceOfSatisfying(
            Launch.Throttled.class,
            answer -> assertThat(answer.again()).isEqualTo(Duration.ofSeconds(42)));
    assertThat(gce().asked(INSERT)).hasSize(1);
  }

  @Test
  void aRateThatIsExceededIsNoQuota() {
    gce().refuse(403, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'");

    assertThat(provider().launch(spec(OURS, "often003"))).isInstanceOf(Launch.Throttled.class);
  }

  @Test
  void aMachineIsFoundByItsNameWhereItsRequestIsForgotten() {
    var spec = spec(OURS, "forgot01");
    var first = launched(provider().launch(spec));
    gce().forgetRequests();

    assertThat(launched(provider().launch(spec)).ref()).isEqualTo(first.ref());
    assertThat(gce().machines()).hasSize(1);
  }

  @Test
  void optionsThatChangedInBetweenMakeNoSecondMachine() {
    var spec = spec(OURS, "option01");
    var first = launched(provider().launch(spec));
    gce().forgetRequests();

    try (var changed = account.open(OURS, Map.of("external_ip", "yes"))) {
      assertThat(launched(changed.launch(spec)).ref()).isEqualTo(first.ref());
    }
    assertThat(gce().machines()).hasSize(1);
  }

  @Test
  void aMachineOfTheNameWithOtherParametersIsNotTakenForIt() {
    var spec = spec(OURS, "params01");
    launched(provider().launch(spec));
    var other =
        new MachineSpec(
            spec.name(), spec.owner(), spec.cell(), 99, spec.userData(), spec.maxLife());

    assertThat(why(provider().launch(other))).contains("made with other parameters");
    assertThat(gce().machines()).hasSize(1);
  }

  @Test
  void aMachineOfTheNameThatIsNotOursIsNeitherTakenNorEnded() {
    var spec = spec(OURS, "taken001");
    gce().plant(GceAccount.ZONE, spec.name().value(), Map.of("team", "payments"));
    var ref = new InstanceRef(spec.name(), GceAccount.ZONE, "");

    assertThat(why(provider().launch(spec))).contains("that is not ours");
    assertDenied(ref);
    assertThat(gce().machines()).hasSize(1);
  }

  @Test
  void aCopyThatCarriesTheLabelsOfAMachineIsLeftAlone() {
    var spec = spec(OURS, "copied01");
    var machine = launched(provider().launch(spec));
    var copy = MachineName.of(OURS, "copied02");
    gce().plant("us-east1-c", "copy-of-it", spec.tags());
    gce().plant("us-east1-c", copy.value(), spec.tags());
    settle();

    assertThat(existing()).extracting(Instance::ref).containsExactly(machine.ref());
    assertThatThrownBy(() -> provider().terminate(new InstanceRef(copy, "us-east1-c", "")))
        .hasMessageContaining("is not ours");
    settle();
    assertThat(gce().machines()).hasSize(3);
  }

  @Test
  void aMachineOfTheNameWithTheLabelsOfAnotherIsNotEnded() {
    var name = MachineName.of(OURS, "swapped1");
    gce()
        .plant(
            GceAccount.ZONE,
            name.value(),
            Map.of(Owner.CONTROLLER, "theirs02", Owner.MACHINE, name.value()));

    assertDenied(new InstanceRef(name, GceAccount.ZONE, "4000000000000000001"));
  }

  @Test
  void aMachineThatWasEndedDoesNotComeAgain() {
    var spec = spec(OURS, "ended001");
    provider().terminate(launched(provider().launch(spec)).ref());

    assertThat(why(provider().launch(spec))).contains("was ended");
    settle();
    assertThat(why(provider().launch(spec))).contains("was ended");
    assertThat(gce().machines()).isEmpty();
  }

  @Test
  void aMachineIsThereWhileGoogleIsStillBusyWithIt() {
    gce().waitInVain(9);

    var instance = launched(provider().launch(spec(OURS, "slowly01")));

    assertThat(instance.state()).isEqualTo(Instance.State.STARTING);
    assertThat(gce().asked("compute.zoneOperations.wait")).hasSizeLessThan(9);
  }

  @Test
  void aMachineThatWasTakenBackIsOnItsWayOutAndThenGone() {
    var machine = launched(provider().launch(spec(OURS, "preempt1")));
    gce().change(machine.ref().name().value(), "STOPPING");

    assertThat(provider().instances())
        .extracting(Instance::state)
        .containsExactly(Instance.State.ENDING);
  }

  @Test
  void aMachineThatStoppedAndIsKeptIsSeenAndEnded() {
    var machine = launched(provider().launch(spec(OURS, "stopped1")));
    for (var status : new String[] {"TERMINATED", "SUSPENDED", "STOPPED", "REPAIRING"}) {
      gce().change(machine.ref().name().value(), status);
      assertThat(existing()).extracting(Instance::state).containsExactly(Instance.State.STOPPED);
    }

    provider().terminate(machine.ref());
    settle();
    assertThat(gce().machines()).isEmpty();
  }

  @Test
  void aListThatIsNotWholeIsNoList() {
    launched(provider().launch(spec(OURS, "partial1")));
    gce().lose("us-east1-c");

    assertThatThrownBy(() -> provider().instances())
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("us-east1-c");
  }

  @Test
  void aMissingPermissionIsRefusedWithItsName() {
    gce().deny("compute.disks.setLabels");

    assertThat(why(provider().launch(spec(OURS, "denied01"))))
        .contains("the role lacks compute.disks.setLabels");
    assertThat(gce().machines()).isEmpty();
  }

  @Test
  void aMachineThatWasBegunIsNeverSaidToBeRefused() {
    gce().deny("compute.instances.get");

    assertThatThrownBy(() -> provider().launch(spec(OURS, "denied03")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("the role lacks compute.instances.get");
    assertThat(gce().machines()).hasSize(1);
  }

  @Test
  void aMachineIsFoundWhereNobodySaysHowItsBeginningStands() {
    gce().deny("compute.zoneOperations.get");

    assertThat(launched(provider().launch(spec(OURS, "denied04"))).state())
        .isEqualTo(Instance.State.STARTING);
  }

  @Test
  void whatTheProjectDoesNotAllowIsSaidInGooglesWords() {
    gce().refuse(403, "accessNotConfigured", "Compute Engine API is disabled in project 1.");

    assertThat(why(provider().launch(spec(OURS, "denied05"))))
        .contains("Compute Engine API is disabled", "(asked for compute.instances.create)");
  }

  @Test
  void aKeyThatIsNotBelievedIsRefused() {
    gce().distrust();

    assertThat(why(provider().launch(spec(OURS, "denied02")))).contains("does not believe the key");
    assertThatThrownBy(() -> provider().instances())
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
  }

  @Test
  void aPlaceThatIsNoZoneIsNotAskedFor() {
    var ref = new InstanceRef(MachineName.of(OURS, "place001"), "../../images", "");

    assertThatThrownBy(() -> provider().terminate(ref)).hasMessageContaining("is not a zone");
    assertThat(gce().asked()).isEmpty();
  }

  private void assertDenied(InstanceRef machine) {
    assertThatThrownBy(() -> provider().terminate(machine))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
    settle();
    assertThat(gce().machines()).hasSize(1);
  }

  private FakeGce gce() {
    return account.gce();
  }

  private static String why(Launch launch) {
    assertThat(launch).isInstanceOf(Launch.Refused.class);
    return ((Launch.Refused) launch).why();
  }
}
