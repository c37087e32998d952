package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Outlook;
import dev.nimbus.core.placement.Planner;
import dev.nimbus.core.price.PriceList;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.metrics.Gauge;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.secret.Vault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** Brings machines and demand together: looks, plans, records intents, and has them carried out. */
public final class Elastic {
  private final Storage storage;
  private final Observation observation;
  private final PlanExecutor executor;
  private final MachineCalls calls;
  private final Health health;
  private final Foresight foresight;
  private final Alarms alarms = new Alarms();
  private final InstantSource time;
  private final Gauge runners;
  private final Set<MachineName> provenReady = new HashSet<>();
  private final Set<List<String>> shown = new HashSet<>();
  private volatile Outlook outlook = Outlook.NONE;

  public Elastic(
      Storage storage,
      Accounts accounts,
      Foresight foresight,
      MachineOrders orders,
      Vault vault,
      PriceList prices,
      LivePrices live,
      Duration hostLostAfter,
      Executor threads,
      InstantSource time,
      Metrics metrics) {
    this.storage = storage;
    this.health = new Health();
    this.foresight = foresight;
    this.observation =
        new Observation(storage, accounts, health, foresight, prices, live, hostLostAfter);
    this.executor = new PlanExecutor(storage, accounts, orders, health, time);
    this.calls = new MachineCalls(storage, accounts, vault, health, threads, time, metrics);
    this.time = time;
    this.runners =
        metrics.gauge(
            "nimbus_runners", "Machines of pools by how far their life has come", "pool", "state");
  }

  /** One pass; safe to repeat at any time, and from several control planes at once. */
  public void step() {
    var pools = storage.pools().all();
    if (pools.isEmpty() && storage.machines().live().isEmpty()) {
      outlook = Outlook.NONE;
      return;
    }
    var situation = observation.at(time.instant());
    learn(situation.fleet().machines());
    var plan = Planner.plan(situation);
    alarms.tell(plan.warnings());
    plan.actions().forEach(executor::execute);
    var live = storage.machines().live();
    outlook = Outlook.of(plan, pools, live);
    calls.begin(live);
    measure(live);
  }

  /** What waiting jobs have to hope for, as of the last pass. */
  public Outlook outlook() {
    return outlook;
  }

  private void learn(List<Machine> machines) {
    var ready = new HashSet<MachineName>();
    for (var machine : machines) {
      if (machine.stage() == Stage.READY) {
        ready.add(machine.name());
        if (provenReady.add(machine.name())) {
          health.succeeded(machine);
          foresight.started(machine);
        }
      }
    }
    provenReady.retainAll(ready);
  }

  private void measure(List<Machine> live) {
    var counts = new HashMap<List<String>, Integer>();
    shown.forEach(series -> counts.put(series, 0));
    for (var machine : live) {
      var state = machine.busy() ? "busy" : machine.stage().word();
      counts.merge(List.of(machine.pool().value(), state), 1, Integer::sum);
    }
    counts.forEach((series, count) -> runners.set(count, series.get(0), series.get(1)));
    shown.addAll(counts.keySet());
  }
}
