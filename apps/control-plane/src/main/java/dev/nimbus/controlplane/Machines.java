package dev.nimbus.controlplane;

import dev.nimbus.controlplane.boot.Booting;
import dev.nimbus.controlplane.http.BootRoutes;
import dev.nimbus.controlplane.http.CostRoutes;
import dev.nimbus.controlplane.http.MachineRoutes;
import dev.nimbus.controlplane.http.PoolRoutes;
import dev.nimbus.controlplane.http.PriceRoutes;
import dev.nimbus.controlplane.http.ProviderRoutes;
import dev.nimbus.controlplane.http.RecommendationRoutes;
import dev.nimbus.controlplane.http.RightsizeRoutes;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.controlplane.provider.ControllerFile;
import dev.nimbus.controlplane.provider.ProviderMaker;
import dev.nimbus.controlplane.provider.ShippedPrices;
import dev.nimbus.controlplane.reaping.MachineReconcile;
import dev.nimbus.controlplane.scaling.Elastic;
import dev.nimbus.controlplane.scaling.Foresight;
import dev.nimbus.controlplane.scaling.HandMade;
import dev.nimbus.controlplane.scaling.LivePrices;
import dev.nimbus.controlplane.scaling.MachineOrders;
import dev.nimbus.controlplane.scaling.SpendMetric;
import dev.nimbus.controlplane.secret.KeptSecrets;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.placement.Outlook;
import dev.nimbus.core.price.PriceList;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.http.Access;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.Vault;
import dev.nimbus.service.time.Ids;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The part of a control plane that has machines made and ended. */
final class Machines implements AutoCloseable {
  private static final Duration PLAN_EVERY = Duration.ofSeconds(2);
  private static final Duration COUNT_EVERY = Duration.ofMinutes(1);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(15);
  private static final Duration PRICES_EVERY = Duration.ofMinutes(10);
  private static final Duration SPEND_EVERY = Duration.ofMinutes(1);
  private static final Duration UPKEEP_EVERY = Duration.ofMinutes(10);
  private static final int FORGOTTEN_AT_ONCE = 5_000;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("machine-", 0).factory());
  private final ControlPlaneConfig config;
  private final Storage storage;
  private final InstantSource time;
  private final Metrics metrics;
  private final Accounts accounts;
  private final Foresight foresight;
  private final PriceList prices = ShippedPrices.read();
  private final LivePrices live;
  private final HandMade handMade;
  private final Elastic elastic;
  private final MachineReconcile reconcile;
  private final SpendMetric spend;
  private volatile URI address;

  Machines(
      ControlPlaneConfig config,
      ProviderMaker maker,
      Vault vault,
      Storage storage,
      Ids ids,
      InstantSource time,
      Metrics metrics) {
    this.config = config;
    this.storage = storage;
    this.time = time;
    this.metrics = metrics;
    this.address = config.machinesUrl();
    var file = new ControllerFile(config.home().resolve("keys").resolve("controller"));
    var controller = file.id(storage.providers(), ids);
    this.accounts =
        new Accounts(storage.providers(), new KeptSecrets(vault), maker, controller, time);
    var orders = new MachineOrders(storage.machines(), accounts, vault, () -> address, ids, time);
    this.handMade = new HandMade(storage, accounts, orders, time);
    this.foresight = new Foresight(storage, time);
    this.live = new LivePrices(storage.pools(), accounts, time);
    this.elastic =
        new Elastic(
            storage,
            accounts,
            foresight,
            orders,
            vault,
            prices,
            live,
            config.hostLostAfter(),
            threads,
            time,
            metrics);
    this.spend = new SpendMetric(storage.costs(), time, metrics);
    this.reconcile = new MachineReconcile(storage.machines(), accounts, time, metrics);
  }

  List<Route> routes(Access admin, Issuing issuing) {
    var booting = new Booting(storage.machines(), storage.pools(), issuing, time);
    var routes = new ArrayList<Route>();
    routes.addAll(new ProviderRoutes(accounts, time).routes(admin));
    routes.addAll(new PoolRoutes(storage.pools(), storage.machines(), time).routes(admin));
    routes.addAll(new MachineRoutes(storage.machines(), handMade, time).routes(admin));
    routes.addAll(new CostRoutes(storage.costs(), time).routes(admin));
    routes.addAll(new RecommendationRoutes(storage.costs(), storage.pools(), time).routes(admin));
    routes.addAll(new PriceRoutes(storage.pools(), accounts, prices).routes(admin));
    routes.addAll(new RightsizeRoutes(storage.costs(), storage.pools(), time).routes(admin));
    routes.addAll(new BootRoutes(booting).routes());
    return routes;
  }

  /**
   * Starts what runs in the background.
   *
   * @param port the control plane's own, where machines on this one reach it when nothing else is
   *     configured
   */
  List<Loop> loops(int port) {
    if (address.toString().isEmpty()) {
      address = URI.create("http://127.0.0.1:" + port);
    }
    return List.of(
        Loop.start("machines", PLAN_EVERY, metrics, elastic::step),
        Loop.start("arrivals", COUNT_EVERY, metrics, foresight::count),
        Loop.start("machine-sweep", SWEEP_EVERY, metrics, reconcile::step),
        Loop.start("prices", PRICES_EVERY, metrics, live::step),
        Loop.start("spend", SPEND_EVERY, metrics, spend::step),
        Loop.start("machine-upkeep", UPKEEP_EVERY, metrics, this::upkeep));
  }

  /** What waiting jobs have to hope for. */
  Outlook outlook() {
    return elastic.outlook();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    accounts.close();
  }

  private void upkeep() {
    storage.machines().forget(time.instant().minus(config.keepJobs()), FORGOTTEN_AT_ONCE);
    var today = time.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    storage.costs().forget(today.minusDays(Period.MOST_DAYS), FORGOTTEN_AT_ONCE);
  }
}
