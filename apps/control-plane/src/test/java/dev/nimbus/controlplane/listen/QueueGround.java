package dev.nimbus.controlplane.listen;

import dev.nimbus.adapters.forges.github.GitHubForge;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.intake.Steering;
import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.controlplane.repair.ForgeRepair;
import dev.nimbus.controlplane.repair.GivingUp;
import dev.nimbus.controlplane.runner.RunnerMint;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.Listening;
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
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A GitHub in memory with one scale set, a control plane that listens to it, and one big host. */
final class QueueGround implements AutoCloseable {
  private static final HostId HOST = new HostId("build-1");
  private static final Labels OFFERED = Labels.of(List.of(ForgeKind.GITHUB.label()));
  private static final Size FREE = new Size(1_000_000, 1L << 40);
  private static final Duration TTL = Duration.ofHours(100);

  final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  final Storage storage = new MemoryStorage();
  final FakeGitHub github =
      FakeGitHub.start(time, Setup.USUAL.with(Limits.Rules.ENFORCED).withApps(1));
  final Connection connection;
  final ForgeRepair repair;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Dispatch dispatch;
  private final Connections connections;
  private final ForgeIntake intake;
  private final RunnerMint mint;
  private final Map<Place, String> sessions = new HashMap<>();
  private AdmissionPolicy policy = AdmissionPolicy.OPEN;
  private QueueListener listener;

  QueueGround(Path folder) {
    var metrics = new Metrics();
    var vault = new VaultFile(folder.resolve("keys/secrets.key"), Ids.random()).open();
    dispatch = new Dispatch(storage.leases(), TTL, JobRate.NONE, time, metrics);
    connections =
        new Connections(
            storage.connections(),
            vault,
            (one, secrets) -> GitHubForge.open(one, secrets, client, time, time::stepTo),
            time);
    connection = connections.apply(withSet(github.connection()), github.secrets());
    var watch = new JobWatch();
    intake =
        new ForgeIntake(
            storage.forges(), () -> policy, dispatch, watch, Ids.random(), time, metrics);
    var reasons = new Reasons(storage, TTL, JobRate.NONE, time);
    var steering = new Steering(storage.jobs(), dispatch, watch, time);
    var givingUp = new GivingUp(storage.jobs(), reasons, steering, TTL, time);
    repair = new ForgeRepair(storage, connections, intake, givingUp, time);
    mint = new RunnerMint(storage, connections, time, metrics);
    listener = listener();
    storage.orgs().limit(connection.org(), new OrgLimits(10_000, 10_000, 10_000));
    var registration =
        new Registration(
            HOST, connection.org(), Host.Sharing.OWN, OFFERED, FREE, 1_000, List.of(), "1");
    storage.hosts().register(registration, time.instant());
  }

  /** Judges by these rules from now on. */
  void policy(AdmissionPolicy rules) {
    policy = rules;
  }

  ForgeJobKey queue(String repository) {
    return github.queue(Wanted.job(github.repository(repository), "nimbus"));
  }

  /** One step of the listener, forgiven what a forge may do; whether it did all it wanted. */
  boolean listen() {
    try {
      time.stepTo(listener.step());
      return true;
    } catch (NimbusException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      time.step(Duration.ofSeconds(5));
      return false;
    }
  }

  /** The listener dies where it stands; another one takes its place. */
  void crash() {
    listener = listener();
  }

  /** Hears all there is to hear, and later what is counted then. */
  void hearAll() {
    for (var turn = 0; turn < 8; turn++) {
      listen();
    }
    time.step(Duration.ofMinutes(1));
    listen();
    listen();
  }

  /** Hosts take what waits. */
  List<Lease> leases() {
    var offer = new Offer(HOST, connection.org(), Host.Sharing.OWN, OFFERED, FREE, 1);
    return storage.leases().grant(offer, TTL, time.instant());
  }

  /** How to start the runner of a lease; empty when its job needs none any more. */
  Optional<RunnerLaunch> launch(Lease lease) {
    for (var attempt = 0; attempt < 10; attempt++) {
      try {
        return Optional.of(mint.mint(HOST, lease.job().id(), lease.fence()));
      } catch (NimbusException e) {
        if (e.kind() == Kind.CONFLICT) {
          return Optional.empty();
        }
        time.step(Duration.ofMinutes(1));
      }
    }
    throw new AssertionError("No runner for " + lease);
  }

  /** The runner of a lease ended, whatever it did. */
  void end(Lease lease, int code) {
    storage
        .leases()
        .finish(HOST, lease.job().id(), lease.fence(), Outcome.exited(code), time.instant());
  }

  long waiting() {
    return storage.jobs().counts(connection.org()).getOrDefault("waiting", 0L);
  }

  @Override
  public void close() {
    listener.close();
    dispatch.close();
    github.close();
    client.close();
    storage.close();
  }

  private QueueListener listener() {
    var place = new Place(connection, "nimbus", "nimbus of this test");
    return new QueueListener(
        place,
        (Listening) connections.forge(connection),
        intake,
        new Holdings(storage, time),
        new MemorySeats(sessions),
        () -> 1_000,
        time);
  }

  private static Connection withSet(Connection was) {
    var options = new TreeMap<>(was.options());
    options.put("scale_sets", "nimbus");
    return new Connection(
        was.org(),
        was.id(),
        was.name(),
        was.kind(),
        was.url(),
        was.owner(),
        was.repositories(),
        options,
        was.secrets(),
        was.changedAt(),
        was.revision());
  }

  private record MemorySeats(Map<Place, String> sessions) implements Seats {
    @Override
    public String last(Place place) {
      return sessions.getOrDefault(place, "");
    }

    @Override
    public void opened(Place place, String session) {
      sessions.put(place, session);
    }
  }
}
