package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.gitlab.GitLabForge;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.controlplane.intake.Steering;
import dev.nimbus.controlplane.repair.ForgeRepair;
import dev.nimbus.controlplane.repair.ForgeRounds;
import dev.nimbus.controlplane.repair.GivingUp;
import dev.nimbus.controlplane.runner.RunnerMint;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Proof;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a GitLab that lives in memory, whose webhooks only say where to look. */
final class GitLabFlowTest {
  private static final HostId HOST = new HostId("build-1");
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Labels OFFERED =
      Labels.of(List.of("linux", "x64", ForgeKind.GITLAB.label()));
  private static final Size FREE = new Size(8_000, 16L << 30);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final Storage storage = new MemoryStorage();
  private final Metrics metrics = new Metrics();
  private final FakeGitLab gitlab = FakeGitLab.start(time, Release.V19, Proof.SIGNATURE);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Dispatch dispatch =
      new Dispatch(storage.leases(), TTL, JobRate.NONE, time, metrics);
  private final Connection connection;
  private final Inbox inbox;
  private final RunnerMint mint;
  private final ForgeRepair repair;

  GitLabFlowTest(@TempDir Path folder) {
    var vault = new VaultFile(folder.resolve("keys/secrets.key"), Ids.random()).open();
    var connections =
        new Connections(
            storage.connections(),
            vault,
            (one, secrets) -> GitLabForge.open(one, secrets, client, time, time::stepTo),
            time);
    connection = connections.apply(gitlab.connection(), gitlab.secrets());
    var watch = new JobWatch();
    var intake =
        new ForgeIntake(
            storage.forges(),
            () -> AdmissionPolicy.OPEN,
            dispatch,
            watch,
            Ids.random(),
            time,
            metrics);
    var reasons = new Reasons(storage, Duration.ofHours(1), JobRate.NONE, time);
    var steering = new Steering(storage.jobs(), dispatch, watch, time);
    var givingUp = new GivingUp(storage.jobs(), reasons, steering, Duration.ofDays(2), time);
    repair = new ForgeRepair(storage, connections, intake, givingUp, time);
    var rounds = new ForgeRounds(connections, repair, Runnable::run, time);
    var inquiry = new Inquiry(connections, intake, rounds::soon, Runnable::run);
    inbox = new Inbox(connections, intake, inquiry, rounds::soon);
    mint = new RunnerMint(storage, connections, time, metrics);
  }

  @BeforeEach
  void registerHost() {
    var registration =
        new Registration(
            HOST, connection.org(), Host.Sharing.OWN, OFFERED, FREE, 8, List.of(), "1");
    storage.hosts().register(registration, time.instant());
  }

  @AfterEach
  void close() {
    dispatch.close();
    gitlab.close();
    client.close();
  }

  @Test
  void aJobAWebhookHintsAtGetsARunnerThatTakesItAndIsDeletedAfterwards() {
    var key = gitlab.queue(Wanted.job(gitlab.repository("acme/tools/ci"), "nimbus", "linux"));
    gitlab.sent().forEach(this::receive);
    var lease = lease();

    var taken = gitlab.run(mint.mint(HOST, lease.job().id(), lease.fence()));

    assertThat(taken).contains(key);
    receive(gitlab.sent().getLast());
    assertThat(served(lease).stage()).isEqualTo(Stage.STARTED);
    gitlab.finish(key);
    receive(gitlab.sent().getLast());
    assertThat(served(lease).stage()).isEqualTo(Stage.FINISHED);
    assertThat(served(lease).conclusion()).isEqualTo("success");
    assertThat(gitlab.runners()).hasSize(1);

    storage
        .leases()
        .finish(HOST, lease.job().id(), lease.fence(), Outcome.exited(0), time.instant());
    repair.all(connection);
    assertThat(gitlab.runners()).isEmpty();
  }

  @Test
  void whoseCodeAJobRunsIsKnownWhenItIsDecided() {
    gitlab.queue(Wanted.job(gitlab.repository("acme/shop"), "nimbus", "linux").fromFork());
    gitlab.sent().forEach(this::receive);

    assertThat(served(lease()).job().event()).isEqualTo("merge_request_event");
  }

  @Test
  void aJobWhoseWebhookWasLostIsFoundByAsking() {
    gitlab.queue(Wanted.job(gitlab.repository("acme/shop"), "nimbus", "linux"));
    repair.all(connection);
    gitlab.sent().forEach(this::receive);

    assertThat(storage.jobs().counts(connection.org())).containsEntry("waiting", 1L);
  }

  private Taken receive(Delivery delivery) {
    return inbox.receive(ForgeKind.GITLAB, Optional.empty(), delivery);
  }

  private Lease lease() {
    var offer = new Offer(HOST, connection.org(), Host.Sharing.OWN, OFFERED, FREE, 1);
    return storage.leases().grant(offer, TTL, time.instant()).getFirst();
  }

  private Served served(Lease lease) {
    return storage.forges().servedBy(connection.org(), lease.job().id()).orElseThrow();
  }
}
