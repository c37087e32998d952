package dev.nimbus.controlplane;

import dev.nimbus.controlplane.dispatch.Dispatch;
import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.forge.ForgeBudget;
import dev.nimbus.controlplane.forge.ForgeMaker;
import dev.nimbus.controlplane.http.ForgeRoutes;
import dev.nimbus.controlplane.http.RunnerRoutes;
import dev.nimbus.controlplane.http.WebhookRoutes;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.listen.Desk;
import dev.nimbus.controlplane.listen.QueueListeners;
import dev.nimbus.controlplane.listen.SeatFiles;
import dev.nimbus.controlplane.policy.PolicyFile;
import dev.nimbus.controlplane.repair.ForgeRepair;
import dev.nimbus.controlplane.repair.ForgeRounds;
import dev.nimbus.controlplane.repair.GivingUp;
import dev.nimbus.controlplane.repair.Rejudging;
import dev.nimbus.controlplane.runner.RunnerMint;
import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.controlplane.watch.JobWatch;
import dev.nimbus.controlplane.watch.Reasons;
import dev.nimbus.controlplane.webhook.Inbox;
import dev.nimbus.controlplane.webhook.Inquiry;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** The part of a control plane that speaks with forges: built in order, closed backwards. */
final class Forges implements AutoCloseable {
  private static final Duration ROUNDS_EVERY = Duration.ofSeconds(1);
  private static final Duration POLICY_EVERY = Duration.ofSeconds(2);
  private static final Duration UPKEEP_EVERY = Duration.ofMinutes(1);
  private static final Duration KEEP_DELIVERIES = Duration.ofDays(4);
  private static final int FORGOTTEN_AT_ONCE = 5_000;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("forge-", 0).factory());
  private final Storage storage;
  private final Ids ids;
  private final InstantSource time;
  private final Metrics metrics;
  private final PolicyFile policy;
  private final Connections connections;
  private final ForgeRounds rounds;
  private final Inbox inbox;
  private final RunnerMint mint;
  private final ForgeBudget budget;
  private final SeatFiles seats;
  private final QueueListeners listeners;

  Forges(
      ControlPlaneConfig config,
      ForgeMaker maker,
      KeptSecrets secrets,
      Storage storage,
      Dispatch dispatch,
      JobWatch watch,
      Reasons reasons,
      Ids ids,
      InstantSource time,
      Metrics metrics) {
    this.storage = storage;
    this.ids = ids;
    this.time = time;
    this.metrics = metrics;
    this.policy = PolicyFile.open(config.jobPolicy(), time, metrics);
    this.connections = new Connections(storage.connections(), secrets, maker, time);
    var intake = new ForgeIntake(storage.forges(), policy, dispatch, watch, ids, time, metrics);
    var givingUp = new GivingUp(storage, reasons, watch, config.giveUpAfter(), time);
    var repair = new ForgeRepair(storage, connections, intake, givingUp, time);
    this.rounds = new ForgeRounds(connections, repair, threads, time);
    var inquiry = new Inquiry(connections, intake, rounds::soon, threads);
    this.inbox = new Inbox(connections, intake, inquiry, rounds::soon, time);
    this.mint = new RunnerMint(storage, connections, time, metrics);
    this.budget = new ForgeBudget(connections, metrics);
    this.seats = new SeatFiles(config.home().resolve("queues"));
    var owner = "nimbus " + ids.next("c");
    var desk = new Desk(storage, intake, seats, owner, config.hostLostAfter(), time);
    this.listeners = new QueueListeners(connections, desk, Thread.ofVirtual().factory(), time);
  }

  List<Route> routes(Access admin, Access agent) {
    var routes = new ArrayList<Route>();
    routes.addAll(new WebhookRoutes(inbox, time).routes());
    routes.addAll(new ForgeRoutes(connections, rounds::soon, ids, time).routes(admin));
    routes.addAll(new RunnerRoutes(mint).routes(agent));
    return routes;
  }

  /** Starts what runs in the background. */
  List<Loop> loops() {
    connections.reseal();
    var rejudging = new Rejudging(connections::all, rounds::soon, policy.revision());
    return List.of(
        Loop.start("forges", ROUNDS_EVERY, metrics, rounds::step),
        Loop.start("queues", ROUNDS_EVERY, metrics, listeners::step),
        Loop.start("policy", POLICY_EVERY, metrics, () -> reload(rejudging)),
        Loop.start("forge-upkeep", UPKEEP_EVERY, metrics, this::upkeep));
  }

  @Override
  public void close() {
    listeners.close();
    threads.shutdownNow();
    threads.close();
  }

  private void reload(Rejudging rejudging) {
    policy.step();
    rejudging.step(policy.revision());
  }

  private void upkeep() {
    connections.prune();
    budget.step();
    storage.forges().forgetDeliveries(time.instant().minus(KEEP_DELIVERIES), FORGOTTEN_AT_ONCE);
    seats.sweep(() -> connections.all().stream().map(Connection::id).collect(Collectors.toSet()));
  }
}
