package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.forges.github.GitHubForge;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
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
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Mischief;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thousand jobs wait at a GitHub with its limits when we come back, and its webhooks travel badly
 * from then on: 5 % are lost, 10 % come twice, 30 % come late. Time is virtual.
 */
final class DowntimeTest {
  private static final HostId HOST = new HostId("build-1");
  private static final Duration TTL = Duration.ofDays(1);
  private static final Labels LABELS = Labels.of(List.of("linux", "x64", ForgeKind.GITHUB.label()));
  private static final Size ROOM = new Size(1_000_000, 1L << 50);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final Storage storage = new MemoryStorage();
  private final Metrics metrics = new Metrics();
  private final JobWatch watch = new JobWatch();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Dispatch dispatch =
      new Dispatch(storage.leases(), TTL, JobRate.NONE, time, metrics);
  private final AtomicInteger registered = new AtomicInteger();
  private final List<ForgeJobKey> ran = new ArrayList<>();
  private FakeGitHub github = FakeGitHub.start(time);
  private int heard;
  @TempDir private Path folder;

  @AfterEach
  void close() {
    dispatch.close();
    github.close();
    client.close();
  }

  @Tag("slow")
  @Test
  void aThousandJobsThatWaitWhenWeComeBackGetARunnerEach() {
    everyJobGetsARunnerOnce(1, 1_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void jobsThatWaitWhenWeComeBackGetARunnerEach(long seed) {
    everyJobGetsARunnerOnce(seed, 100);
  }

  private void everyJobGetsARunnerOnce(long seed, int jobs) {
    github.close();
    github = FakeGitHub.start(time, Setup.USUAL.with(Mischief.ofWebhooks(seed, 5, 10, 30)));
    github.observe(this::count);
    var shop = github.repository("acme/shop");
    var keys = new ArrayList<ForgeJobKey>();
    for (var job = 0; job < jobs; job++) {
      keys.add(github.queue(Wanted.job(shop, "nimbus", "linux", "x64")));
    }
    heard = github.sent().size();

    var we = new Installation();
    var random = new Random(seed);
    for (var turn = 0; ran.size() < jobs && turn < 4 * jobs; turn++) {
      we.serve(we.lease(1 + random.nextInt(20)));
      we.hear();
      time.step(Duration.ofSeconds(20));
      we.rounds.step();
    }

    assertThat(ran).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(registered).hasValueLessThanOrEqualTo(jobs + jobs / 50);
    we.settled();
  }

  private void count(Observed call) {
    if (call.path().endsWith("/generate-jitconfig") && call.status() == 201) {
      registered.incrementAndGet();
    }
  }

  /** What comes back: a control plane without its HTTP, and a host. */
  private final class Installation {
    private final Connection connection;
    private final Inbox inbox;
    private final ForgeRounds rounds;
    private final RunnerMint mint;

    private Installation() {
      var vault = new VaultFile(folder.resolve("keys/secrets.key"), Ids.random()).open();
      var connections =
          new Connections(
              storage.connections(),
              vault,
              (one, secrets) -> GitHubForge.open(one, secrets, client, time, time::stepTo),
              time);
      connection = connections.apply(github.connection(), github.secrets());
      var rules = PolicyDocument.DEFAULT.rules();
      var intake =
          new ForgeIntake(
              storage.forges(), () -> rules, dispatch, watch, Ids.random(), time, metrics);
      var repair = new ForgeRepair(storage, connections, intake, givingUp(), time);
      rounds = new ForgeRounds(connections, repair, Runnable::run, time);
      inbox =
          new Inbox(
              connections,
              intake,
              new Inquiry(connections, intake, rounds::soon, Runnable::run),
              rounds::soon);
      mint = new RunnerMint(storage, connections, time, metrics);
      var host =
          new Registration(
              HOST, connection.org(), Host.Sharing.OWN, LABELS, ROOM, 1_000, List.of(), "1");
      storage.hosts().register(host, time.instant());
      rounds.step();
    }

    /** Afterwards nothing is left: no runner there, no job of ours that waits for nothing. */
    private void settled() {
      github.flush();
      for (var round = 0; round < 4; round++) {
        hear();
        time.step(Duration.ofMinutes(20));
        rounds.step();
      }
      assertThat(github.runners()).isEmpty();
      assertThat(storage.jobs().counts(connection.org()).getOrDefault("waiting", 0L)).isZero();
    }

    private GivingUp givingUp() {
      var reasons = new Reasons(storage, Duration.ofHours(1), JobRate.NONE, time);
      var steering = new Steering(storage.jobs(), dispatch, watch, time);
      return new GivingUp(storage.jobs(), reasons, steering, Duration.ofDays(2), time);
    }

    private List<Lease> lease(int slots) {
      var offer = new Offer(HOST, connection.org(), Host.Sharing.OWN, LABELS, ROOM, slots);
      return storage.leases().grant(offer, TTL, time.instant());
    }

    /** Starts the runners of jobs, all before any of them is done. */
    private void serve(List<Lease> leases) {
      var taken = new ArrayList<ForgeJobKey>();
      for (var lease : leases) {
        storage.leases().started(HOST, lease.job().id(), lease.fence(), TTL, time.instant());
        launch(lease).flatMap(github::run).ifPresent(taken::add);
        hear();
      }
      taken.forEach(github::finish);
      ran.addAll(taken);
      for (var lease : leases) {
        storage
            .leases()
            .finish(HOST, lease.job().id(), lease.fence(), Outcome.exited(0), time.instant());
      }
    }

    private Optional<RunnerLaunch> launch(Lease lease) {
      try {
        return Optional.of(mint.mint(HOST, lease.job().id(), lease.fence()));
      } catch (NimbusException e) {
        assertThat(e.code()).isEqualTo("nothing-to-serve");
        return Optional.empty();
      }
    }

    private void hear() {
      var sent = github.sent();
      for (; heard < sent.size(); heard++) {
        inbox.receive(ForgeKind.GITHUB, Optional.empty(), sent.get(heard));
      }
    }
  }
}
