package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.adapters.forges.github.GitHubForge;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.controlplane.intake.Steering;
import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.controlplane.repair.ForgeRepair;
import dev.nimbus.controlplane.repair.ForgeRounds;
import dev.nimbus.controlplane.repair.GivingUp;
import dev.nimbus.controlplane.runner.RunnerMint;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a GitHub that lives in memory, from its webhook to the runner that took them. */
final class ForgeFlowTest {
  private static final HostId HOST = new HostId("build-1");
  private static final Duration TTL = Duration.ofSeconds(30);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final Storage storage = new MemoryStorage();
  private final Metrics metrics = new Metrics();
  private final JobWatch watch = new JobWatch();
  private final FakeForge github = FakeGitHub.start(time);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Dispatch dispatch =
      new Dispatch(storage.leases(), TTL, JobRate.NONE, time, metrics);
  private AdmissionPolicy policy = AdmissionPolicy.OPEN;
  private Connections connections;
  private Connection connection;
  private ForgeIntake intake;
  private Inbox inbox;
  private RunnerMint mint;
  private ForgeRepair repair;
  private ForgeRounds rounds;

  ForgeFlowTest(@TempDir Path folder) {
    var vault = new VaultFile(folder.resolve("keys/secrets.key"), Ids.random()).open();
    connections =
        new Connections(
            storage.connections(),
            vault,
            (one, secrets) -> GitHubForge.open(one, secrets, client, time, time::stepTo),
            time);
    connection = connections.apply(github.connection(), github.secrets());
    intake =
        new ForgeIntake(
            storage.forges(), () -> policy, dispatch, watch, Ids.random(), time, metrics);
    repair = new ForgeRepair(storage, connections, intake, givingUp(), time);
    rounds = new ForgeRounds(connections, repair, Runnable::run, time);
    var inquiry = new Inquiry(connections, intake, rounds::soon, Runnable::run);
    inbox = new Inbox(connections, intake, inquiry, rounds::soon);
    mint = new RunnerMint(storage, connections, time, metrics);
  }

  @BeforeEach
  void registerHost() {
    storage
        .hosts()
        .register(
            new Registration(
                HOST,
                connection.org(),
                Host.Sharing.OWN,
                Labels.of(List.of("linux", "x64", ForgeKind.GITHUB.label())),
                new Size(8_000, 16L << 30),
                8,
                List.of(),
                "1"),
            time.instant());
  }

  @AfterEach
  void close() {
    dispatch.close();
    github.close();
    client.close();
  }

  @Test
  void aWebhookBecomesAJobAndItsRunnerTakesTheForgesJob() {
    var key = github.queue(wanted());
    var job = admitted(last());
    var lease = lease();
    assertThat(lease.job().id()).isEqualTo(job);

    var taken = github.run(mint.mint(HOST, job, lease.fence()));

    assertThat(taken).contains(key);
    receive(last());
    assertThat(served(job).stage()).isEqualTo(Stage.STARTED);
    github.finish(key);
    receive(last());
    assertThat(served(job).stage()).isEqualTo(Stage.FINISHED);
    assertThat(served(job).conclusion()).isEqualTo("success");
  }

  @Test
  void aDeliveryThatComesAgainChangesNothing() {
    github.queue(wanted());
    admitted(last());

    assertThat(receive(last())).isInstanceOf(Taken.Duplicate.class);
    assertThat(waiting()).isEqualTo(1);
    assertThat(metrics.exposition())
        .contains("nimbus_control_plane_webhook_replays_blocked{org=\"default\"} 1");
  }

  @Test
  void aJobWhoseWebhookWasLostIsFoundByAsking() {
    github.queue(wanted());

    repair.all(connection);
    repair.all(connection);

    assertThat(waiting()).isEqualTo(1);
    assertThat(receive(last())).isNotInstanceOf(Taken.Admitted.class);
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void aJobCancelledAtItsForgeLeavesTheQueue() {
    var key = github.queue(wanted());
    var job = admitted(last());

    github.cancel(key);
    receive(last());

    assertThat(waiting()).isZero();
    assertThat(served(job).stage()).isEqualTo(Stage.FINISHED);
  }

  @Test
  void aBodyThatWasChangedIsNotBelieved() {
    github.queue(wanted());
    var genuine = last();
    var body = new String(genuine.body(), StandardCharsets.UTF_8).replace("acme", "evil");
    var forged =
        new Delivery(
            genuine.headers(), body.getBytes(StandardCharsets.UTF_8), genuine.receivedAt());

    assertThat(receive(forged)).isInstanceOf(Taken.Distrusted.class);
    assertThat(inbox.receive(ForgeKind.GITLAB, Optional.empty(), genuine))
        .isInstanceOf(Taken.Distrusted.class);
    assertThat(inbox.receive(ForgeKind.GITHUB, Optional.of("c-guessed"), genuine))
        .isInstanceOf(Taken.Distrusted.class);
    assertThat(waiting()).isZero();
    admitted(genuine);
  }

  @Test
  void aDeliveryFindsItsConnectionByTheAddressOrByWhoSignedIt() {
    github.queue(wanted());

    var taken = inbox.receive(ForgeKind.GITHUB, Optional.of(connection.id().value()), last());

    assertThat(taken).isInstanceOf(Taken.Admitted.class);
  }

  @Test
  void aJobThatDoesNotAskForNimbusIsLeftAlone() {
    github.queue(Wanted.job(github.repository("acme/shop"), "ubuntu-latest"));

    assertThat(receive(last())).isInstanceOf(Taken.Noted.class);
    assertThat(waiting()).isZero();
  }

  @Test
  void aJobThatPolicyRefusesIsShownWithItsRule() {
    policy =
        (org, job) ->
            new Admission.Denied(new Admission.Denial("no-shop", "not on a Monday"), List.of());
    github.queue(wanted());

    assertThat(receive(last()))
        .isInstanceOfSatisfying(
            Taken.Refused.class,
            refused -> {
              assertThat(refused.rule()).isEqualTo("no-shop");
              var stored = storage.jobs().find(connection.org(), refused.job()).orElseThrow();
              assertThat(stored.state().word()).isEqualTo("rejected");
            });
  }

  @Test
  void labelsThatMeanNothingAreRefusedWithTheLabel() {
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "cpus:many"));

    assertThat(receive(last()))
        .isInstanceOfSatisfying(
            Taken.Refused.class, refused -> assertThat(refused.why()).contains("cpus:many"));
  }

  @Test
  void aHostWithAnOldFenceGetsNoCredential() {
    github.queue(wanted());
    var job = admitted(last());
    var lease = lease();

    assertThatThrownBy(() -> mint.mint(HOST, job, new Fence(lease.fence().value() + 1)))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.code()).isEqualTo("stale-fence"));
    assertThatThrownBy(() -> mint.mint(new HostId("other"), job, lease.fence()))
        .isInstanceOf(NimbusException.class);
    assertThat(github.runners()).isEmpty();
  }

  @Test
  void aRunnerWhoseSandboxIsOverIsForgottenAtItsForge() {
    github.queue(wanted());
    var job = admitted(last());
    var lease = lease();
    mint.mint(HOST, job, lease.fence());
    assertThat(github.runners()).hasSize(1);
    time.step(TTL.plusSeconds(1));
    storage.leases().expire(3, 10, time.instant());

    repair.all(connection);

    assertThat(github.runners()).isEmpty();
  }

  @Test
  void aJobOfWhichTooLittleIsSaidIsAskedAboutAndThenDecided() {
    policy = PolicyDocument.DEFAULT.rules();
    github.queue(wanted());

    assertThat(receive(last())).isInstanceOf(Taken.Unsure.class);

    assertThat(waiting()).isEqualTo(1);
    assertThat(receive(last())).isInstanceOf(Taken.Duplicate.class);
  }

  @Test
  void aJobThatIsRefusedIsToldToItsForgeOnce() {
    policy = refusal("not on a Monday");
    var key = github.queue(wanted());
    receive(last());

    repair.all(connection);
    assertThat(github.saidOf(key)).contains("not on a Monday");
    policy = refusal("not on a Tuesday");
    repair.all(connection);

    assertThat(github.saidOf(key)).contains("not on a Monday");
  }

  @Test
  void aJobThatNoHostTookInTimeIsCalledOffAndItsForgeTold() {
    var key = github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "gpu"));
    admitted(last());

    time.step(Duration.ofDays(1));
    repair.all(connection);
    assertThat(waiting()).isEqualTo(1);
    time.step(Duration.ofDays(2));
    repair.all(connection);
    repair.all(connection);

    assertThat(waiting()).isZero();
    assertThat(github.saidOf(key)).contains("No host took it");
  }

  @Test
  void aJobRefusedByRulesThatChangedIsServedAfterAll() {
    policy = refusal("not on a Monday");
    github.queue(wanted());
    receive(last());

    policy = AdmissionPolicy.OPEN;
    repair.all(connection);

    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void aJobThatWaitsAndIsRefusedByNewRulesLeavesTheQueue() {
    github.queue(wanted());
    admitted(last());

    policy = refusal("not on a Monday");
    repair.all(connection);

    assertThat(waiting()).isZero();
  }

  @Test
  void aHintIsFollowedAtOnceAndARoundThatIsDueByItself() {
    github.queue(wanted());
    rounds.soon(connection, wanted().repository());
    assertThat(waiting()).isEqualTo(1);

    github.queue(wanted());
    rounds.step();
    assertThat(waiting()).isEqualTo(1);
    time.step(Duration.ofMinutes(2));
    rounds.step();

    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void aForgeThatCannotBeReachedIsAskedAgain() {
    github.queue(wanted());
    github.suffer(Fault.REVOKED);
    rounds.step();
    assertThat(waiting()).isZero();

    github.recover();
    time.step(Duration.ofSeconds(40));
    rounds.step();

    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void aConnectionWhoseKeyIsLostHoldsUpNoOtherAndCanBeGivenItsSecretsAgain(@TempDir Path other) {
    var fresh = new VaultFile(other.resolve("keys/secrets.key"), Ids.random()).open();
    var later =
        new Connections(
            storage.connections(),
            fresh,
            (one, secrets) -> GitHubForge.open(one, secrets, client, time, time::stepTo),
            time);
    assertThat(later.reseal()).isZero();
    assertThat(later.usable(connection)).isEmpty();
    assertThat(later.secretNames(connection)).isEmpty();

    var second = later.apply(named(github.connection(), "second"), github.secrets());
    var again =
        new Inbox(later, intake, new Inquiry(later, intake, _ -> {}, Runnable::run), (_, _) -> {});
    github.queue(wanted());
    assertThat(again.receive(ForgeKind.GITHUB, Optional.empty(), last()))
        .isInstanceOf(Taken.Admitted.class);

    later.remove(second.org(), second.name());
    later.apply(github.connection(), github.secrets());
    assertThat(later.find(connection.id()).flatMap(later::usable)).isPresent();
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

  @Test
  void secretsAreSealedWhereTheyAreKept() {
    var stored = storage.connections().find(connection.id()).orElseThrow();

    github
        .secrets()
        .values()
        .forEach(secret -> assertThat(stored.toString()).doesNotContain(secret));
    assertThat(connections.secretNames(stored)).containsAll(github.secrets().keySet());
  }

  private static AdmissionPolicy refusal(String why) {
    return (org, job) -> new Admission.Denied(new Admission.Denial("no-shop", why), List.of());
  }

  private GivingUp givingUp() {
    var reasons = new Reasons(storage, Duration.ofHours(1), JobRate.NONE, time);
    var steering = new Steering(storage.jobs(), dispatch, watch, time);
    return new GivingUp(storage.jobs(), reasons, steering, Duration.ofDays(2), time);
  }

  private Wanted wanted() {
    return Wanted.job(github.repository("acme/shop"), "nimbus", "linux", "x64");
  }

  private Delivery last() {
    return github.sent().getLast();
  }

  private Taken receive(Delivery delivery) {
    return inbox.receive(ForgeKind.GITHUB, Optional.empty(), delivery);
  }

  private JobId admitted(Delivery delivery) {
    return switch (receive(delivery)) {
      case Taken.Admitted(var job) -> job;
      case Taken other -> throw new AssertionError("Not admitted: " + other);
    };
  }

  private Lease lease() {
    var labels = Labels.of(List.of("linux", "x64", ForgeKind.GITHUB.label()));
    var free = new Size(8_000, 16L << 30);
    var offer = new Offer(HOST, connection.org(), Host.Sharing.OWN, labels, free, 1);
    return storage.leases().grant(offer, TTL, time.instant()).getFirst();
  }

  private long waiting() {
    return storage.jobs().counts(connection.org()).getOrDefault("waiting", 0L);
  }

  private dev.nimbus.core.storage.ForgeStore.Served served(JobId job) {
    return storage.forges().servedBy(connection.org(), job).orElseThrow();
  }
}
