package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.ConnectionStore;
import dev.nimbus.core.storage.ForgeStore.Moved;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link ConnectionStore} must do. */
public abstract class ConnectionStoreContract extends ForgeContract {
  private static final ConnectionName NAME = new ConnectionName("hub");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final Sealed SECRETS = new Sealed("key-1", "c2VjcmV0");

  protected ConnectionStoreContract() {}

  @Test
  void anAppliedConnectionIsFoundAsItWasGiven() {
    var made = apply(connection(ACME, "hub", "c-1", SECRETS));

    assertThat(made)
        .isEqualTo(
            new Connection(
                ACME,
                new ConnectionId("c-1"),
                NAME,
                ForgeKind.FORGEJO,
                URI.create("https://forge.example/sub"),
                "acme",
                List.of("acme/shop", "acme/site"),
                Connection.options(Map.of("interval", "5s", "ca", "a\nb")),
                SECRETS,
                NOON,
                1));
    assertThat(connections().find(ACME, NAME)).contains(made);
    assertThat(connections().find(made.id())).contains(made);
    assertThat(connections().list(ACME)).containsExactly(made);
    assertThat(storage().orgs().find(ACME)).isPresent();
  }

  @Test
  void applyingTheSameAgainChangesNothing() {
    var made = apply(connection(ACME, "hub", "c-1", SECRETS));

    var again = connections().apply(connection(ACME, "hub", "c-2", SECRETS), NOON.plusSeconds(5));

    assertThat(again).isEqualTo(made);
    assertThat(connections().find(new ConnectionId("c-2"))).isEmpty();
  }

  @Test
  void aChangedConnectionKeepsItsIdAndIsOneRevisionFurther() {
    apply(connection(ACME, "hub", "c-1", SECRETS));
    var resealed = new Sealed("key-2", "b3RoZXI=");

    var changed = connections().apply(connection(ACME, "hub", "c-2", resealed), LATER);

    assertThat(changed.id()).isEqualTo(new ConnectionId("c-1"));
    assertThat(changed.revision()).isEqualTo(2);
    assertThat(changed.changedAt()).isEqualTo(LATER);
    assertThat(changed.secrets()).isEqualTo(resealed);
    assertThat(connections().all()).containsExactly(changed);
  }

  @Test
  void everyPartOfAConnectionCountsAsAChange() {
    var first = apply(connection(ACME, "hub", "c-1", SECRETS));
    var revision = first.revision();
    for (var other :
        List.of(
            content(first, ForgeKind.GITEA, "https://a.example", "acme", List.of(), Map.of()),
            content(first, ForgeKind.GITEA, "https://b.example", "acme", List.of(), Map.of()),
            content(first, ForgeKind.GITEA, "https://b.example", "all", List.of(), Map.of()),
            content(first, ForgeKind.GITEA, "https://b.example", "all", List.of("x"), Map.of()),
            content(
                first,
                ForgeKind.GITEA,
                "https://b.example",
                "all",
                List.of("x"),
                Map.of("o", "")))) {
      assertThat(apply(other).revision()).isEqualTo(++revision);
    }
  }

  @Test
  void anIdThatAnotherConnectionHasIsRefused() {
    apply(connection(ACME, "hub", "c-1", SECRETS));

    assertThatThrownBy(() -> apply(connection(GLOBEX, "hub", "c-1", SECRETS)))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
        .hasMessageContaining("c-1");
    assertThat(connections().list(GLOBEX)).isEmpty();
  }

  @Test
  void connectionsAreListedByNameAndTenant() {
    for (var name : List.of("beta", "alpha")) {
      apply(connection(GLOBEX, name, "g-" + name, SECRETS));
      apply(connection(ACME, name, "a-" + name, SECRETS));
    }

    assertThat(ids(connections().list(ACME))).containsExactly("a-alpha", "a-beta");
    assertThat(ids(connections().all())).containsExactly("a-alpha", "a-beta", "g-alpha", "g-beta");
  }

  @Test
  void nobodySeesOrRemovesTheConnectionOfAnotherTenant() {
    apply(connection(ACME, "hub", "c-1", SECRETS));

    assertThat(connections().find(GLOBEX, NAME)).isEmpty();
    assertThat(connections().list(GLOBEX)).isEmpty();
    assertThat(connections().remove(GLOBEX, NAME, NOON)).isFalse();
    assertThat(connections().list(ACME)).hasSize(1);
  }

  @Test
  void aRemovedConnectionIsGoneAndItsNameIsFree() {
    apply(connection(ACME, "hub", "c-1", SECRETS));

    assertThat(connections().remove(ACME, NAME, NOON)).isTrue();
    assertThat(connections().remove(ACME, NAME, NOON)).isFalse();
    assertThat(connections().find(new ConnectionId("c-1"))).isEmpty();
    assertThat(apply(connection(ACME, "hub", "c-2", SECRETS)).revision()).isEqualTo(1);
  }

  @Test
  void removingAConnectionCancelsWhatWaitsToServeIt() {
    apply(connection(ACME, "hub", HUB.value(), SECRETS));
    var runs = queue("1");
    var lease = grantOne(HOST);
    var waits = queue("2");
    var byHand = admit(NewJobs.of(ACME, "j-1"));

    connections().remove(ACME, NAME, LATER);

    assertThat(state(waits))
        .isEqualTo(
            new JobState.Ended(
                Outcome.calledOff("Connection 'hub' to its forge was removed"), LATER));
    assertThat(state(runs).word()).isEqualTo("leased");
    assertThat(state(byHand).word()).isEqualTo("waiting");
    assertThat(waiting(ACME)).isEqualTo(1);
    assertThat(storage().repair()).isZero();
    finish(lease, Outcome.exited(0));
  }

  @Test
  void removingAConnectionForgetsWhatItsForgeSaid() {
    apply(connection(ACME, "hub", HUB.value(), SECRETS));
    var job = queue("1");
    registering(HUB, new SandboxId(job.id(), job.fence().next()), NOON);
    registering(LAB, new SandboxId(job.id(), job.fence().next()), NOON);

    connections().remove(ACME, NAME, NOON);

    assertThat(serves(job)).isEmpty();
    assertThat(forges().leftOver(ACME, HUB, 5)).isEmpty();
    assertThat(forges().leftOver(ACME, LAB, 5)).hasSize(1);
    assertThat(forges().noted(delivery("q-1"), NOON)).isTrue();
    assertThat(forges().started(ASKED, key("1"), STRANGER, NOON)).isEqualTo(new Moved.Unheard());
  }

  private ConnectionStore connections() {
    return storage().connections();
  }

  private Connection apply(Connection connection) {
    return connections().apply(connection, NOON);
  }

  private static List<String> ids(List<Connection> connections) {
    return connections.stream().map(connection -> connection.id().value()).toList();
  }

  private static Connection connection(OrgId org, String name, String id, Sealed secrets) {
    return new Connection(
        org,
        new ConnectionId(id),
        new ConnectionName(name),
        ForgeKind.FORGEJO,
        URI.create("https://forge.example/sub"),
        "acme",
        List.of("acme/shop", "acme/site"),
        Connection.options(Map.of("interval", "5s", "ca", "a\nb")),
        secrets,
        Instant.EPOCH,
        77);
  }

  private static Connection content(
      Connection like,
      ForgeKind kind,
      String url,
      String owner,
      List<String> repositories,
      Map<String, String> options) {
    return new Connection(
        like.org(),
        like.id(),
        like.name(),
        kind,
        URI.create(url),
        owner,
        repositories,
        Connection.options(options),
        like.secrets(),
        like.changedAt(),
        like.revision());
  }
}
