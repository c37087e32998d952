package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link dev.nimbus.core.storage.HostStore} must do. */
public abstract class HostStoreContract extends StorageContract {
  private static final Size CAPACITY = new Size(8_000, 16L << 30);

  @Test
  void aRegisteredHostIsFoundAsItDescribedItself() {
    var registration =
        new Registration(
            HOST,
            ACME,
            Host.Sharing.OWN,
            Labels.of(List.of("docker", "arm64")),
            CAPACITY,
            4,
            List.of("no seccomp filter", "no cgroup limits"),
            "0.1.0");

    storage().hosts().register(registration, NOON);

    assertThat(storage().hosts().find(HOST))
        .contains(
            new Host(
                HOST,
                ACME,
                Host.Sharing.OWN,
                registration.labels(),
                CAPACITY,
                4,
                Size.NONE,
                0,
                registration.reductions(),
                "0.1.0",
                NOON,
                NOON));
  }

  @Test
  void registeringAgainReplacesTheDescription() {
    register(HOST, ACME, Host.Sharing.OWN, NOON);
    storage()
        .hosts()
        .register(
            new Registration(
                HOST, ACME, Host.Sharing.ALL, Labels.NONE, Size.NONE, 9, List.of(), "0.2.0"),
            NOON.plusSeconds(9));

    assertThat(storage().hosts().find(HOST))
        .hasValueSatisfying(
            host -> {
              assertThat(host.sharing()).isEqualTo(Host.Sharing.ALL);
              assertThat(host.slots()).isEqualTo(9);
              assertThat(host.version()).isEqualTo("0.2.0");
              assertThat(host.seenAt()).isEqualTo(NOON.plusSeconds(9));
            });
  }

  @Test
  void aHostOfAnotherTenantCannotBeTakenOver() {
    register(HOST, ACME, Host.Sharing.OWN, NOON);

    assertThatThrownBy(() -> register(HOST, GLOBEX, Host.Sharing.ALL, NOON.plusSeconds(1)))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));

    assertThat(storage().hosts().find(HOST).orElseThrow().org()).isEqualTo(ACME);
    assertThat(storage().hosts().find(HOST).orElseThrow().seenAt()).isEqualTo(NOON);
  }

  @Test
  void aHostThatWasSeenIsRememberedAsAlive() {
    register(HOST, ACME, Host.Sharing.OWN, NOON);

    assertThat(storage().hosts().seen(HOST, NOON.plusSeconds(5))).isTrue();

    assertThat(storage().hosts().find(HOST).orElseThrow().seenAt()).isEqualTo(NOON.plusSeconds(5));
    assertThat(storage().hosts().find(HOST).orElseThrow().registeredAt()).isEqualTo(NOON);
  }

  @Test
  void aHostNobodyKnowsMustRegister() {
    assertThat(storage().hosts().seen(HOST, NOON)).isFalse();
    assertThat(storage().hosts().find(HOST)).isEmpty();
  }

  @Test
  void aTenantSeesItsOwnHostsAndTheSharedOnes() {
    register(new HostId("h-c"), ACME, Host.Sharing.OWN, NOON);
    register(new HostId("h-a"), GLOBEX, Host.Sharing.ALL, NOON);
    register(new HostId("h-b"), GLOBEX, Host.Sharing.OWN, NOON);

    assertThat(names(ACME)).containsExactlyInAnyOrder("h-c", "h-a");
    assertThat(names(GLOBEX)).containsExactlyInAnyOrder("h-a", "h-b");
    assertThat(names(new OrgId("unknown"))).containsExactly("h-a");
  }

  @Test
  void aHostShowsWhatItsLeasesTake() {
    register(HOST, ACME, Host.Sharing.ALL, NOON);
    register(OTHER_HOST, ACME, Host.Sharing.ALL, NOON);
    admit(NewJobs.of(ACME, "j-1").size(1_500, 10));
    admit(NewJobs.of(GLOBEX, "j-2").size(2_000, 20));
    admit(NewJobs.of(ACME, "j-3").size(4_000, 40));
    var leases = grant(offer(HOST, 2));

    assertThat(storage().hosts().find(HOST).orElseThrow().leases()).isEqualTo(2);
    assertThat(storage().hosts().find(HOST).orElseThrow().used()).isEqualTo(new Size(3_500, 30));
    assertThat(storage().hosts().find(OTHER_HOST).orElseThrow().used()).isEqualTo(Size.NONE);

    var first = leases.getFirst();
    storage().leases().finish(HOST, first.job().id(), first.fence(), Outcome.exited(0), NOON);
    assertThat(storage().hosts().find(HOST).orElseThrow().used()).isEqualTo(new Size(2_000, 20));
    assertThat(storage().hosts().list(ACME))
        .filteredOn(host -> host.id().equals(HOST))
        .singleElement()
        .satisfies(host -> assertThat(host.leases()).isEqualTo(1));
  }

  @Test
  void hostsNotSeenForLongAreForgottenUnlessTheyHoldALease() {
    register(HOST, ACME, Host.Sharing.ALL, NOON);
    register(OTHER_HOST, ACME, Host.Sharing.ALL, NOON);
    var alive = new HostId("alive");
    register(alive, ACME, Host.Sharing.ALL, NOON.plusSeconds(60));
    admit(NewJobs.of(ACME, "j-1"));
    grantOne(OTHER_HOST);

    assertThat(storage().hosts().forgetUnseen(NOON.plusSeconds(60))).containsExactly(HOST);

    assertThat(names(ACME)).containsExactlyInAnyOrder("alive", OTHER_HOST.value());
    storage().leases().expire(1, 1, NOON.plus(TTL));
    assertThat(storage().hosts().forgetUnseen(NOON.plusSeconds(60))).containsExactly(OTHER_HOST);
  }

  private void register(HostId host, OrgId org, Host.Sharing sharing, Instant now) {
    storage()
        .hosts()
        .register(
            new Registration(host, org, sharing, Labels.NONE, CAPACITY, 4, List.of(), "0.1.0"),
            now);
  }

  private List<String> names(OrgId org) {
    return storage().hosts().list(org).stream().map(host -> host.id().value()).toList();
  }
}
