package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.JobId;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a delivery is and whether it is believed, by a GitHub that lives in memory. */
final class InboxTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeForge github = FakeGitHub.start(time);
  private final Path folder;
  private final ForgePlane plane;

  InboxTest(@TempDir Path folder) {
    this.folder = folder;
    plane = new ForgePlane(folder, time, github.connection(), github.secrets(), TTL);
  }

  @AfterEach
  void close() {
    plane.close();
    github.close();
  }

  @Test
  void aBodyThatWasChangedIsNotBelieved() {
    github.queue(wanted());
    var genuine = last();
    var body = new String(genuine.body(), StandardCharsets.UTF_8).replace("acme", "evil");
    var forged =
        new Delivery(
            genuine.headers(), body.getBytes(StandardCharsets.UTF_8), genuine.receivedAt());

    assertThat(plane.receive(forged)).isInstanceOf(Taken.Distrusted.class);
    assertThat(plane.inbox.receive(ForgeKind.GITLAB, genuine)).isInstanceOf(Taken.Distrusted.class);
    assertThat(plane.inbox.named(ForgeKind.GITHUB, "c-guessed")).isEmpty();
    assertThat(plane.inbox.named(ForgeKind.GITLAB, plane.connection.id().value())).isEmpty();
    assertThat(plane.waiting()).isZero();
    admitted(genuine);
  }

  @Test
  void aDeliveryFindsItsConnectionByTheAddressOrByWhoSignedIt() {
    github.queue(wanted());

    var named = plane.inbox.named(ForgeKind.GITHUB, plane.connection.id().value()).orElseThrow();

    assertThat(plane.inbox.receive(named, last())).isInstanceOf(Taken.Admitted.class);
  }

  @Test
  void aConnectionMadeElsewhereIsFoundByItsSignatureAMomentLater() {
    github.queue(wanted());
    var here = plane.inbox(plane.connections);
    plane.connections.remove(plane.connection.org(), plane.connection.name());
    assertThat(here.receive(ForgeKind.GITHUB, last())).isInstanceOf(Taken.Distrusted.class);

    plane.connections(folder).apply(github.connection(), github.secrets());
    time.step(Duration.ofSeconds(1));

    assertThat(here.receive(ForgeKind.GITHUB, last())).isInstanceOf(Taken.Admitted.class);
  }

  @Test
  void ofManyConnectionsSomeAreTriedAndTheRestAreSaid() {
    for (var i = 0; i < 101; i++) {
      plane.connections.apply(
          named(github.connection(), "other-" + i), otherSecrets("secret-of-" + i));
    }
    github.queue(wanted());
    var genuine = last();
    var strangers = github.signed(genuine, genuine.body(), "a guess");

    assertThat(plane.inbox.receive(ForgeKind.GITHUB, strangers))
        .isInstanceOfSatisfying(
            Taken.Distrusted.class,
            no -> assertThat(no.why()).contains("100 connections", "of 102", "forge show"));
    var named = plane.inbox.named(ForgeKind.GITHUB, plane.connection.id().value()).orElseThrow();
    assertThat(plane.inbox.receive(named, genuine)).isInstanceOf(Taken.Admitted.class);
  }

  @Test
  void aConnectionWhoseKeyIsLostHoldsUpNoOtherAndCanBeGivenItsSecretsAgain(@TempDir Path other) {
    var later = plane.connections(other);
    assertThat(later.reseal()).isZero();
    assertThat(later.usable(plane.connection)).isEmpty();
    assertThat(later.secretNames(plane.connection)).isEmpty();

    var second = later.apply(named(github.connection(), "second"), github.secrets());
    var again = plane.inbox(later);
    github.queue(wanted());
    assertThat(again.receive(ForgeKind.GITHUB, last())).isInstanceOf(Taken.Admitted.class);

    later.remove(second.org(), second.name());
    later.apply(github.connection(), github.secrets());
    assertThat(later.find(plane.connection.id()).flatMap(later::usable)).isPresent();
  }

  @Test
  void secretsAreSealedWhereTheyAreKept() {
    var stored = plane.storage.connections().find(plane.connection.id()).orElseThrow();

    github
        .secrets()
        .values()
        .forEach(secret -> assertThat(stored.toString()).doesNotContain(secret));
    assertThat(plane.connections.secretNames(stored)).containsAll(github.secrets().keySet());
  }

  private static Connection named(Connection like, String name) {
    return new Connection(
        like.org(),
        new ConnectionId("c-" + name),
        new ConnectionName(name),
        like.kind(),
        like.url(),
        like.owner(),
        like.repositories(),
        like.options(),
        like.secrets(),
        like.changedAt(),
        like.revision());
  }

  private Map<String, String> otherSecrets(String webhooks) {
    var secrets = new TreeMap<>(github.secrets());
    secrets.put("webhook_secret", webhooks);
    return secrets;
  }

  private Wanted wanted() {
    return Wanted.job(github.repository("acme/shop"), "nimbus", "linux", "x64");
  }

  private Delivery last() {
    return github.sent().getLast();
  }

  private JobId admitted(Delivery delivery) {
    return switch (plane.receive(delivery)) {
      case Taken.Admitted(var job) -> job;
      case Taken other -> throw new AssertionError("Not admitted: " + other);
    };
  }
}
