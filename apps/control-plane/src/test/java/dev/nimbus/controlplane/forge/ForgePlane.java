package dev.nimbus.controlplane.forge;

import dev.nimbus.adapters.forges.ForgeClients;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.controlplane.repair.ForgeRepair;
import dev.nimbus.controlplane.repair.ForgeRounds;
import dev.nimbus.controlplane.repair.GivingUp;
import dev.nimbus.controlplane.runner.RunnerMint;
import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.controlplane.webhook.Inbox;
import dev.nimbus.controlplane.webhook.Inquiry;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.core.placement.Outlook;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a control plane speaks with a forge, on memory and without HTTP, with one big host. Time
 * is the test's, and whatever would be done meanwhile is done at once.
 */
public final class ForgePlane implements AutoCloseable {
  public static final HostId HOST = new HostId("build-1");
  public static final Duration GIVE_UP_AFTER = Duration.ofDays(2);

  private static final Size ROOM = new Size(1_000_000, 1L << 50);
  private static final int SLOTS = 1_000;

  public final Storage storage = new MemoryStorage();
  public final Metrics metrics = new Metrics();
  public final Connections connections;
  public final Connection connection;
  public final ForgeIntake intake;
  public final ForgeRepair repair;
  public final ForgeRounds rounds;
  public final Inbox inbox;
  public final RunnerMint mint;
  private final SteppedTime time;
  private final Duration ttl;
  private final Labels labels;
  private final ForgeClients clients;
  private final Dispatch dispatch;
  private AdmissionPolicy policy = AdmissionPolicy.OPEN;

  /**
   * Connects a forge, and registers the host.
   *
   * @param folder where the key of its secrets is
   * @param ttl how long leases last
   */
  public ForgePlane(
      Path folder, SteppedTime time, Connection wanted, Map<String, String> secrets, Duration ttl) {
    this.time = time;
    this.ttl = ttl;
    this.clients = new ForgeClients(time, time::stepTo);
    this.dispatch = new Dispatch(storage.leases(), ttl, JobRate.NONE, time, metrics);
    this.connections = connections(folder);
    this.connection = connections.apply(wanted, secrets);
    var watch = new JobWatch();
    this.intake =
        new ForgeIntake(
            storage.forges(), () -> policy, dispatch, watch, Ids.random(), time, metrics);
    var reasons = new Reasons(storage, GIVE_UP_AFTER, JobRate.NONE, () -> Outlook.NONE, time);
    var givingUp = new GivingUp(storage, reasons, watch, GIVE_UP_AFTER, time);
    this.repair = new ForgeRepair(storage, connections, intake, givingUp, time);
    this.rounds = new ForgeRounds(connections, repair, Runnable::run, time);
    this.inbox = inbox(connections);
    this.mint = new RunnerMint(storage, connections, time, metrics);
    this.labels = Labels.of(List.of("linux", "x64", wanted.kind().label()));
    storage
        .hosts()
        .register(
            new Registration(
                HOST, connection.org(), Host.Sharing.OWN, labels, ROOM, SLOTS, List.of(), "1"),
            time.instant());
  }

  /** The same connection with an option set. */
  public static Connection with(Connection was, String option, String value) {
    var options = new TreeMap<>(was.options());
    options.put(option, value);
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

  /** Judges by these rules from now on. */
  public void policy(AdmissionPolicy rules) {
    policy = rules;
  }

  /** The same connections with the key of another folder, made when it has none. */
  public Connections connections(Path folder) {
    var vault = new VaultFile(folder.resolve("keys/secrets.key"), Ids.random()).open();
    return new Connections(storage.connections(), new KeptSecrets(vault), clients::open, time);
  }

  /** Where webhooks for these connections arrive. */
  public Inbox inbox(Connections of) {
    var inquiry = new Inquiry(of, intake, rounds::soon, Runnable::run);
    return new Inbox(of, intake, inquiry, rounds::soon, time);
  }

  /** A webhook arrives, at the address that names no connection. */
  public Taken receive(Delivery delivery) {
    return inbox.receive(connection.kind(), delivery);
  }

  /** The host takes what waits. */
  public List<Lease> leases(int slots) {
    var offer = new Offer(HOST, connection.org(), Host.Sharing.OWN, labels, ROOM, slots);
    return storage.leases().grant(offer, ttl, time.instant());
  }

  /** The runner of a lease ended, whatever it did. */
  public void end(Lease lease, int code) {
    var outcome = Outcome.exited(code);
    storage.leases().finish(HOST, lease.job().id(), lease.fence(), outcome, time.instant());
  }

  public long waiting() {
    return storage.jobs().counts(connection.org()).getOrDefault("waiting", 0L);
  }

  /** The word of where a job of ours stands. */
  public String state(JobId job) {
    return storage.jobs().find(connection.org(), job).orElseThrow().state().word();
  }

  public Served served(JobId job) {
    return storage.forges().servedBy(connection.org(), job).orElseThrow();
  }

  @Override
  public void close() {
    dispatch.close();
    clients.close();
    storage.close();
  }
}
