package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.ConnectionName;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Job;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.placement.Outlook;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Repair of what is known of one forge, which says what it is told to say. */
final class RepairGround implements AutoCloseable {
  static final OrgId ORG = new OrgId("acme");
  static final Duration DEADLINE = Duration.ofHours(24);

  private static final Duration TTL = Duration.ofSeconds(30);

  final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  final ScriptedForge forge = new ScriptedForge();
  final Storage storage = new MemoryStorage();
  final Connections connections;
  final Connection connection;
  private final Metrics metrics = new Metrics();
  private final JobWatch watch = new JobWatch();
  private final Dispatch dispatch =
      new Dispatch(storage.leases(), TTL, JobRate.NONE, time, metrics);
  private final ForgeIntake intake =
      new ForgeIntake(
          storage.forges(),
          () -> AdmissionPolicy.OPEN,
          dispatch,
          watch,
          Ids.random(),
          time,
          metrics);

  RepairGround(Path folder) {
    var vault = new VaultFile(folder.resolve("secrets.key"), Ids.random()).open();
    this.connections =
        new Connections(storage.connections(), new KeptSecrets(vault), (_, _) -> forge, time);
    this.connection = connect("forge");
  }

  /** One more connection to the same forge. */
  Connection connect(String name) {
    var wanted =
        new Connection(
            ORG,
            new ConnectionId("c-" + name),
            new ConnectionName(name),
            ForgeKind.FORGEJO,
            URI.create("https://forge.example"),
            "acme",
            List.of(),
            new TreeMap<>(),
            new Sealed("", ""),
            time.instant(),
            0);
    return connections.apply(wanted, Map.of());
  }

  /** What a process that has just started repairs with. */
  ForgeRepair repair() {
    var reasons = new Reasons(storage, DEADLINE, JobRate.NONE, () -> Outlook.NONE, time);
    var givingUp = new GivingUp(storage, reasons, watch, DEADLINE, time);
    return new ForgeRepair(storage, connections, intake, givingUp, time);
  }

  /** A job a webhook told of, served by the job of ours that is returned. */
  Job announce(String id, String repository) {
    intake.take(connection, "d-" + id, new Event.JobQueued(job(id, repository)));
    var ours = served(id).serving();
    return storage.jobs().find(ORG, ours).orElseThrow();
  }

  ForgeJob job(String id, String repository) {
    return new ForgeJob(
        new ForgeJobKey(id, 1),
        "acme",
        new Repository(repository),
        List.of("nimbus"),
        "ci.yaml",
        "build",
        "Mend it",
        "main",
        "push",
        "alice",
        ForgeJob.Trust.MEMBER,
        "",
        URI.create("https://forge.example/" + id),
        time.instant());
  }

  /** The ids of jobs that are not over as far as we know. */
  List<String> open() {
    return all().stream().map(served -> served.job().key().id()).toList();
  }

  String state(JobId job) {
    return storage.jobs().find(ORG, job).orElseThrow().state().word();
  }

  private Served served(String id) {
    return all().stream()
        .filter(served -> served.job().key().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private List<Served> all() {
    return storage.forges().open(ORG, connection.id(), 10_000);
  }

  @Override
  public void close() {
    dispatch.close();
    storage.close();
  }
}
