package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.boot.Tickets;
import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.controlplane.provider.ProviderMaker;
import dev.nimbus.controlplane.reaping.MachineReconcile;
import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Offer;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Outcome;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Deadlines;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.SpotPolicy;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.price.PriceList;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.Vault;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.testkit.log.SteppedTime;
import dev.nimbus.testkit.provider.MemoryCloud;
import dev.nimbus.testkit.storage.NewJobs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What of a control plane has machines made, on a cloud in memory whose machines it plays. */
public final class MachineGround {
  public static final OrgId ORG = new OrgId("acme");
  public static final PoolName POOL = new PoolName("small");
  public static final ProviderName CLOUD = new ProviderName("cloud");
  public static final ControllerId OURS = new ControllerId("c0ffee42");

  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Size SIZE = new Size(2_000, 4L << 30);
  private static final Duration TTL = Duration.ofMinutes(1);
  private static final Pattern TICKET = Pattern.compile("ticket='([0-9a-f]{64})'");

  public final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  public final MemoryCloud cloud =
      new MemoryCloud(
          time,
          new MemoryCloud.Habits(
              Duration.ofSeconds(20),
              Duration.ofSeconds(30),
              new Billing.PerSecond(Duration.ofMinutes(1))));
  public final Storage storage;
  private final Vault vault;

  public MachineGround(Path folder, Storage storage) {
    this.storage = storage;
    this.vault = new VaultFile(folder.resolve("secrets.key"), Ids.random()).open();
  }

  /** An account with the cloud, and a pool of it. */
  public void declare(int max) {
    account("cloud");
    pool(max, 0, Duration.ofMinutes(1));
  }

  public void account(String name) {
    var wanted =
        new ProviderAccount(
            ORG,
            new ProviderName(name),
            ProviderKind.AWS,
            new TreeMap<>(),
            new Sealed("", ""),
            time.instant(),
            0);
    accounts().apply(wanted, Map.of());
  }

  public void pool(int max, int minIdle, Duration grace) {
    storage.pools().apply(pool(max, minIdle, grace, Budget.NONE), time.instant());
  }

  public Pool pool(int max, int minIdle, Duration grace, Budget budget) {
    return new Pool(
        ORG,
        POOL,
        Labels.of(List.of("docker")),
        List.of(
            new Offering(
                CLOUD, "zone-a", "large", "image", Os.LINUX, SpotPolicy.NEVER, SIZE, 0, 100_000)),
        max,
        minIdle,
        List.of(),
        new Warming.Fixed(),
        grace,
        Duration.ofHours(6),
        Deadlines.USUAL,
        budget,
        time.instant(),
        0);
  }

  public void submit(String id) {
    var job = NewJobs.of(ORG, id).labels("docker").build();
    storage.jobs().admit(job, time.instant());
  }

  public Accounts accounts() {
    return accounts(storage, (_, _, controller) -> cloud.as(controller));
  }

  public Accounts accounts(Storage on, UnaryOperator<Provider> calls) {
    return accounts(on, (_, _, controller) -> calls.apply(cloud.as(controller)));
  }

  public Accounts accounts(Storage on, ProviderMaker maker) {
    return new Accounts(on.providers(), new KeptSecrets(vault), maker, OURS, time);
  }

  /** What a process that has just started has machines made with. */
  public Elastic elastic() {
    return elastic(storage, UnaryOperator.identity(), Runnable::run);
  }

  Elastic elastic(Storage on, UnaryOperator<Provider> calls, Executor threads) {
    return elastic(on, accounts(on, calls), new Foresight(on, time), threads);
  }

  Elastic elastic(Foresight foresight) {
    return elastic(storage, accounts(), foresight, Runnable::run);
  }

  private Elastic elastic(Storage on, Accounts with, Foresight foresight, Executor threads) {
    return new Elastic(
        on,
        with,
        foresight,
        orders(on, with),
        vault,
        PriceList.EMPTY,
        new LivePrices(on.pools(), with, time),
        SILENCE,
        threads,
        time,
        new Metrics());
  }

  MachineOrders orders(Storage on, Accounts accounts) {
    var address = URI.create("https://nimbus.example");
    return new MachineOrders(on.machines(), accounts, vault, () -> address, Ids.random(), time);
  }

  public MachineReconcile reconcile() {
    return reconcile(storage, accounts());
  }

  MachineReconcile reconcile(Storage on, Accounts accounts) {
    return new MachineReconcile(on.machines(), accounts, time, new Metrics());
  }

  /** Every machine that runs does what its script has it do next. */
  void machinesGoOn() {
    cloud.running().forEach(this::goesOn);
  }

  /** One machine redeems its ticket, registers, asks for a job, or says that it ran it. */
  void goesOn(MachineName name) {
    var script = cloud.userData(name);
    if (script.isEmpty()) {
      return;
    }
    var ticket = TICKET.matcher(script.get());
    if (!ticket.find()) {
      throw new AssertionError("The user data has no ticket: " + script.get());
    }
    var digest = Tickets.digest(ticket.group(1));
    var redeemed = storage.machines().redeem(name, digest, time.instant());
    if (redeemed.isPresent()) {
      return;
    }
    var known = storage.machines().find(name);
    if (known.filter(one -> one.moments().redeemed().isPresent()).isEmpty()) {
      return;
    }
    if (known.get().stage() == Stage.BOOTING) {
      register(name);
    } else if (known.get().stage() == Stage.READY) {
      works(name, known.get());
    }
  }

  private void register(MachineName name) {
    if (storage.machines().ready(name, time.instant())) {
      storage
          .hosts()
          .register(
              new Registration(
                  name.host(),
                  ORG,
                  Host.Sharing.OWN,
                  Labels.of(List.of("docker")),
                  SIZE,
                  1,
                  List.of(),
                  "1"),
              time.instant());
    }
  }

  private void works(MachineName name, Machine machine) {
    if (machine.report().state().equals("done")) {
      return;
    }
    storage.hosts().seen(name.host(), time.instant());
    var held = storage.leases().heldBy(name.host());
    if (!held.isEmpty()) {
      held.forEach(
          (job, fence) ->
              storage.leases().finish(name.host(), job, fence, Outcome.exited(0), time.instant()));
      storage.machines().report(name, new Report("done", ""), time.instant());
      return;
    }
    var offer =
        new Offer(name.host(), ORG, Host.Sharing.OWN, Labels.of(List.of("docker")), SIZE, 1);
    storage.leases().grant(offer, TTL, time.instant());
  }

  /** How many jobs stand where. */
  public Map<String, Long> jobs() {
    return storage.jobs().counts(ORG);
  }
}
