package dev.nimbus.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.HostRental.Release;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.provider.RentedHost;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.WithMoto;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithMoto.class)
final class MacHostsTest {
  private static final ControllerId OURS = new ControllerId("ours0001");
  private static final ControllerId THEIRS = new ControllerId("theirs02");
  private static final String TYPE = "mac2.metal";

  private final MotoAccount account;
  private final AwsProvider provider;

  MacHostsTest(Moto moto) {
    account = new MotoAccount(moto);
    provider = account.open(OURS);
  }

  @AfterEach
  void leave() {
    provider.close();
    account.close();
  }

  @Test
  void aMacGetsAHostThatIsRentedForIt() {
    var mac = launch("mac00001");

    assertThat(provider.hosts())
        .singleElement()
        .satisfies(
            host -> {
              assertThat(host.machines()).containsExactly(mac.ref().id());
              assertThat(host.place()).isEqualTo(MotoAccount.ZONE);
              assertThat(host.type()).isEqualTo(TYPE);
              assertThat(host.tags())
                  .containsEntry(Owner.CONTROLLER, "ours0001")
                  .containsEntry(Owner.ORG, "acme");
              assertThat(host.releasableAt())
                  .isEqualTo(host.allocatedAt().plus(Duration.ofDays(1)));
              assertThat(account.only().placement().hostId()).isEqualTo(host.id());
            });
  }

  @Test
  void aHostOutlivesItsMacAndServesTheNext() {
    var first = launch("mac00001");
    provider.terminate(first.ref());
    assertThat(provider.hosts()).singleElement().matches(RentedHost::free);

    var second = launch("mac00002");

    assertThat(provider.hosts())
        .singleElement()
        .satisfies(host -> assertThat(host.machines()).containsExactly(second.ref().id()));
  }

  @Test
  void twoMacsAtATimeAreOnTwoHosts() {
    launch("mac00001");
    launch("mac00002");

    assertThat(provider.hosts()).hasSize(2).allMatch(host -> host.machines().size() == 1);
  }

  @Test
  void aMacAskedForAgainAfterALostAnswerIsOneMacOnOneHost() {
    account.front().loseAnswer();
    assertThatThrownBy(() -> launch("mac00001")).isInstanceOf(NimbusException.class);

    launch("mac00001");

    assertThat(provider.instances()).hasSize(1);
    assertThat(provider.hosts()).hasSize(1);
  }

  @Test
  void aMacThatIsNotListedYetIsNotMadeTwiceNorIsItsHost() {
    account.front().listLate();
    account.front().loseAnswer();
    assertThatThrownBy(() -> launch("mac00001")).isInstanceOf(NimbusException.class);

    launch("mac00001");
    account.front().settle();

    assertThat(provider.instances()).hasSize(1);
    assertThat(provider.hosts()).hasSize(1);
  }

  @Test
  void aHostRentedForAMacThatWasRefusedIsUsedByTheNextTry() {
    account.front().runOut();
    assertThat(provider.launch(spec(OURS, "acme", "mac00001")))
        .isInstanceOf(Launch.OutOfCapacity.class);

    launch("mac00001");

    assertThat(provider.hosts()).hasSize(1);
  }

  @Test
  void aHostOfAnotherTenantOrControllerIsNotTaken() {
    var other = launched(provider.launch(spec(OURS, "globex", "mac00001")));
    provider.terminate(other.ref());
    try (var others = account.open(THEIRS)) {
      var theirs = launched(others.launch(spec(THEIRS, "acme", "mac00002")));
      others.terminate(theirs.ref());
    }

    launch("mac00003");

    assertThat(account.client().describeHosts().hosts()).hasSize(3);
    assertThat(provider.hosts()).hasSize(2);
  }

  @Test
  void aHostIsReleasedAfterADayAndNeverBefore() {
    provider.terminate(launch("mac00001").ref());
    var host = provider.hosts().getFirst();
    account.pass(Duration.ofHours(20));

    assertThat(provider.release(host.id()))
        .isInstanceOfSatisfying(
            Release.NotBefore.class,
            early -> {
              assertThat(early.at()).isEqualTo(host.releasableAt());
              assertThat(early.remains())
                  .isBetween(Duration.ofMinutes(235), Duration.ofMinutes(240));
            });
    assertThat(account.front().asked("ReleaseHosts")).isEmpty();

    account.pass(Duration.ofHours(4));
    assertThat(provider.release(host.id())).isEqualTo(new Release.Released());
    assertThat(provider.hosts()).isEmpty();
    assertThat(provider.release(host.id())).isEqualTo(new Release.Released());
  }

  @Test
  void aHostThatIsUsedIsNotReleased() {
    var mac = launch("mac00001");
    account.pass(Duration.ofHours(25));

    assertThat(provider.release(provider.hosts().getFirst().id()))
        .isEqualTo(new Release.InUse("machine %s is on it".formatted(mac.ref().id())));
  }

  @Test
  void aHostOfAnotherControllerIsNotReleased() {
    launch("mac00001");
    var host = provider.hosts().getFirst();
    account.pass(Duration.ofHours(25));
    try (var others = account.open(THEIRS)) {
      assertThat(others.hosts()).isEmpty();
      assertThatThrownBy(() -> others.release(host.id()))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
          .hasMessageContaining(host.id());
    }
  }

  @Test
  void aMacIsPaidForADayAtLeast() {
    assertThat(provider.billing(TYPE)).isEqualTo(new Billing.Committed(Duration.ofHours(24)));
  }

  private Instance launch(String unique) {
    return launched(provider.launch(spec(OURS, "acme", unique)));
  }

  private static Instance launched(Launch launch) {
    assertThat(launch).isInstanceOf(Launch.Launched.class);
    return ((Launch.Launched) launch).instance();
  }

  private static MachineSpec spec(ControllerId controller, String org, String unique) {
    var known = MotoAccount.cell(Market.ON_DEMAND);
    return new MachineSpec(
        MachineName.of(controller, unique),
        new Owner(new OrgId(org), new PoolName("macs")),
        new Cell(known.provider(), known.place(), TYPE, known.image(), known.market()),
        0,
        "#!/bin/sh\n",
        Duration.ofHours(6));
  }
}
