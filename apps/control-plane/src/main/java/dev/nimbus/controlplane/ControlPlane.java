package dev.nimbus.controlplane;

import dev.nimbus.adapters.aws.AwsProvider;
import dev.nimbus.adapters.azure.AzureProvider;
import dev.nimbus.adapters.forges.ForgeClients;
import dev.nimbus.adapters.forges.WebhookBodies;
import dev.nimbus.adapters.gcp.GcpProvider;
import dev.nimbus.adapters.hetzner.HetznerProvider;
import dev.nimbus.adapters.kubernetes.KubernetesProvider;
import dev.nimbus.adapters.providers.local.LocalProvider;
import dev.nimbus.adapters.providers.ssh.SshProvider;
import dev.nimbus.adapters.storage.SqlStorage;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.dispatch.Hosts;
import dev.nimbus.controlplane.dispatch.Keeping;
import dev.nimbus.controlplane.http.AgentRoutes;
import dev.nimbus.controlplane.http.DashboardRoutes;
import dev.nimbus.controlplane.http.HealthRoutes;
import dev.nimbus.controlplane.http.IdentityRoutes;
import dev.nimbus.controlplane.http.JobRoutes;
import dev.nimbus.controlplane.http.LogRoutes;
import dev.nimbus.controlplane.http.OperatorRoutes;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.controlplane.identity.JobLeases;
import dev.nimbus.controlplane.identity.JobTokens;
import dev.nimbus.controlplane.identity.KeyRing;
import dev.nimbus.controlplane.identity.Sessions;
import dev.nimbus.controlplane.identity.SignIn;
import dev.nimbus.controlplane.identity.StoredRevocations;
import dev.nimbus.controlplane.intake.Intake;
import dev.nimbus.controlplane.intake.Steering;
import dev.nimbus.controlplane.reaping.Reaping;
import dev.nimbus.controlplane.repair.Repair;
import dev.nimbus.controlplane.scaling.Scaling;
import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.ApiDocument;
import dev.nimbus.service.http.Authenticator;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.Vault;
import dev.nimbus.service.secret.VaultFile;
import dev.nimbus.service.time.Ids;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.KeySource;
import dev.nimbus.service.token.Revocations;
import dev.nimbus.service.token.TokenVerifier;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running control plane: everything built in order, closed backwards. */
public final class ControlPlane implements AutoCloseable {
  private static final ApiDocument.About ABOUT =
      new ApiDocument.About(
          "Nimbus control plane",
          ServiceStatus.VERSION,
          "Every call is for the tenant of its token. A signed-in browser's cookie stands for an"
              + " admin token, from the service's own pages.");
  private static final Duration SCALE_EVERY = Duration.ofSeconds(10);
  private static final Duration REAP_EVERY = Duration.ofSeconds(1);
  private static final Duration REPAIR_EVERY = Duration.ofMinutes(1);

  private final Ground ground;
  private final Dispatch dispatch;
  private final ForgeClients clients;
  private final Forges forges;
  private final Machines machines;
  private final HttpServer server;
  private final List<Loop> loops;

  private ControlPlane(
      Ground ground,
      Dispatch dispatch,
      ForgeClients clients,
      Forges forges,
      Machines machines,
      HttpServer server,
      List<Loop> loops) {
    this.ground = ground;
    this.dispatch = dispatch;
    this.clients = clients;
    this.forges = forges;
    this.machines = machines;
    this.server = server;
    this.loops = loops;
  }

  /**
   * The job the body of a webhook is about, for trying a policy on it; one that is about none is an
   * illegal argument or {@code INVALID}.
   */
  public static ForgeJob webhookJob(ForgeKind forge, byte[] body, Instant at) {
    return WebhookBodies.job(forge, body, at);
  }

  /**
   * Serves on opened ground, which is closed with it.
   *
   * @param services where jobs find their log and their cache
   */
  public static ControlPlane start(Ground ground, Grant.Services services) {
    var config = ground.config;
    var time = ground.time;
    var storage = ground.storage;
    var metrics = ground.metrics;
    var watch = new JobWatch();
    var dispatch =
        new Dispatch(storage.leases(), config.leaseTtl(), config.orgRate(), time, metrics);
    var keeping = new Keeping(storage.leases(), dispatch, watch, config.leaseTtl(), time, metrics);
    var intake = new Intake(storage.jobs(), dispatch, ground.ids, time, metrics);
    var steering = new Steering(storage.jobs(), dispatch, watch, time);
    var hosts = new Hosts(storage, dispatch, keeping, config.maxAttempts(), time);
    var tokens = new JobTokens(storage, ground.issuing, !services.cacheUrl().isEmpty());
    var terms = new AgentRoutes.Terms(config.leaseTtl(), config.maxAttempts());
    var rules = new Reaping.Rules(config.maxAttempts(), config.keepHosts(), config.keepJobs());
    var clients = new ForgeClients(time, until -> SystemTime.sleepUntil(until, time));
    var vault = vault(config, ground.ids);
    var secrets = new KeptSecrets(vault);
    var machines =
        new Machines(config, ControlPlane::provider, vault, storage, ground.ids, time, metrics);
    var reasons =
        new Reasons(storage, config.hostLostAfter(), config.orgRate(), machines::outlook, time);
    var forges =
        new Forges(
            config,
            clients::open,
            secrets,
            storage,
            dispatch,
            watch,
            reasons,
            ground.ids,
            time,
            metrics);
    var admin = Access.bearer(Audience.ADMIN);
    var agent = Access.bearer(Audience.AGENT);
    var routes = new ArrayList<Route>();
    routes.addAll(new JobRoutes(intake, steering, reasons, storage, watch).routes(admin));
    routes.addAll(new AgentRoutes(hosts, keeping, tokens, services, terms).routes(agent));
    routes.addAll(forges.routes(admin, agent));
    routes.addAll(machines.routes(admin, ground.issuing));
    routes.addAll(
        new LogRoutes(storage.jobs(), watch, ground.issuing, URI.create(services.logsUrl()))
            .routes(admin));
    routes.addAll(new OperatorRoutes(storage, config.hostLostAfter(), time).routes(admin));
    routes.addAll(
        new IdentityRoutes(
                storage.identity(), ground.keys, ground.issuing, ground.signIn, ground.leases, time)
            .routes(admin));
    routes.addAll(new HealthRoutes(storage, metrics, time).routes(admin));
    routes.addAll(new DashboardRoutes().routes());
    routes.add(ApiDocument.route(ABOUT, routes));
    var http =
        HttpConfig.of(config.listenHost(), config.port())
            .withMetricsToken(config.metricsToken())
            .withShutdownGrace(config.shutdownGrace());
    var server = HttpServer.start(http, routes, ground.sessions, metrics);
    var reaping = new Reaping(storage, dispatch, watch, rules, time, metrics);
    var repair = new Repair(storage, dispatch, config.orgRate(), time, metrics);
    var scaling =
        new Scaling(
            storage, config.hostLostAfter(), config.orgRate(), machines::outlook, time, metrics);
    var loops = new ArrayList<Loop>();
    loops.add(Loop.start("scale", SCALE_EVERY, metrics, scaling::step));
    loops.add(Loop.start("reap", REAP_EVERY, metrics, reaping::step));
    loops.add(Loop.start("repair", REPAIR_EVERY, metrics, repair::step));
    loops.addAll(forges.loops());
    loops.addAll(machines.loops(server.port()));
    return new ControlPlane(
        ground, dispatch, clients, forges, machines, server, List.copyOf(loops));
  }

  private static Provider provider(
      ProviderAccount account, Map<String, String> secrets, ControllerId controller) {
    var time = SystemTime.clock();
    return switch (account.kind()) {
      case AWS -> AwsProvider.open(account, secrets, controller, time);
      case LOCAL -> LocalProvider.open(account, secrets, controller);
      case SSH -> SshProvider.open(account, secrets, controller);
      case HETZNER -> HetznerProvider.open(account, secrets, controller, time);
      case GCP -> GcpProvider.open(account, secrets, controller, time);
      case KUBERNETES -> KubernetesProvider.open(account, secrets, controller);
      case AZURE -> AzureProvider.open(account, secrets, controller, time);
    };
  }

  private static Vault vault(ControlPlaneConfig config, Ids ids) {
    var given = config.secretsKeys();
    return given.isEmpty()
        ? new VaultFile(config.home().resolve("keys").resolve("secrets.key"), ids).open()
        : new Vault(given, ids);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops taking requests, lets those under way end, stops the loops, and closes the storage. */
  @Override
  public void close() {
    server.close();
    loops.reversed().forEach(Loop::close);
    machines.close();
    forges.close();
    clients.close();
    dispatch.close();
    ground.close();
  }

  /** What a control plane stands on: its state and its keys. Others in the process may ask it. */
  public static final class Ground implements AutoCloseable {
    private final ControlPlaneConfig config;
    private final Storage storage;
    private final KeyRing keys;
    private final Issuing issuing;
    private final SignIn signIn;
    private final StoredRevocations revocations;
    private final JobLeases leases;
    private final Sessions sessions;
    private final Metrics metrics;
    private final Ids ids;
    private final InstantSource time;

    private Ground(
        ControlPlaneConfig config,
        Storage storage,
        KeyRing keys,
        Metrics metrics,
        Ids ids,
        InstantSource time) {
      this.config = config;
      this.storage = storage;
      this.keys = keys;
      this.issuing = new Issuing(keys, storage.identity(), time);
      this.signIn = new SignIn(storage.identity(), issuing, ids, time);
      this.revocations = new StoredRevocations(storage.identity(), time);
      this.leases = new JobLeases(storage.jobs(), time);
      this.sessions = new Sessions(new TokenVerifier(keys, revocations, time));
      this.metrics = metrics;
      this.ids = ids;
      this.time = time;
    }

    /** Opens the database, bringing its schema up to date, and reads or makes the signing key. */
    public static Ground open(
        ControlPlaneConfig config, Metrics metrics, Ids ids, InstantSource time) {
      var storage = SqlStorage.open(config.databaseUrl());
      try {
        var file = config.home().resolve("keys").resolve("signing.key");
        var keys = KeyRing.open(file, storage.identity(), time);
        return new Ground(config, storage, keys, metrics, ids, time);
      } catch (RuntimeException e) {
        storage.close();
        throw e;
      }
    }

    /** Makes tokens. */
    public Issuing issuing() {
      return issuing;
    }

    /** Makes sign-in links. */
    public SignIn signIn() {
      return signIn;
    }

    /** The keys its tokens are signed with, for whoever verifies them in the same process. */
    public KeySource keys() {
      return keys;
    }

    /** Which of its tokens count no more; those of jobs end with their lease. */
    public Revocations revocations() {
      return revocations.and(leases);
    }

    /** Believes this control plane's tokens without asking it over the network. */
    public Authenticator authenticator() {
      return sessions;
    }

    @Override
    public void close() {
      storage.close();
    }
  }
}
