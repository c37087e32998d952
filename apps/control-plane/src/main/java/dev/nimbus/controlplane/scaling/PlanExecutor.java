package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.Action;
import dev.nimbus.core.storage.MachineStore.Reserving;
import dev.nimbus.core.storage.Storage;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a plan says, one action at a time: what one cannot do is logged, and the next plan sees
 * it again. It only records intents; {@link MachineCalls} carries them to providers.
 */
final class PlanExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(PlanExecutor.class);

  private final Storage storage;
  private final Accounts accounts;
  private final MachineOrders orders;
  private final Health health;
  private final InstantSource time;

  PlanExecutor(
      Storage storage, Accounts accounts, MachineOrders orders, Health health, InstantSource time) {
    this.storage = storage;
    this.accounts = accounts;
    this.orders = orders;
    this.health = health;
    this.time = time;
  }

  void execute(Action action) {
    try {
      switch (action) {
        case Action.Make make -> make(make);
        case Action.Retire retire -> retire(retire);
      }
    } catch (NimbusException e) {
      LOG.atWarn().addKeyValue("action", action.reason()).setCause(e).log("Cannot do as planned");
    }
  }

  private void make(Action.Make make) {
    var owner = make.owner();
    var pool = storage.pools().find(owner.org(), owner.pool());
    var account = accounts.find(owner.org(), make.cell().provider());
    if (pool.isEmpty() || account.isEmpty()) {
      return;
    }
    for (var i = 0; i < make.count(); i++) {
      var reserving = orders.reserve(orders.fresh(), make, pool.get(), account.get());
      if (!(reserving instanceof Reserving.Reserved)) {
        return;
      }
    }
  }

  private void retire(Action.Retire retire) {
    var end = new Machine.End(retire.cause(), retire.reason());
    var machine = storage.machines().find(retire.machine());
    var now = time.instant();
    if (storage.machines().retire(retire.machine(), end, retire.evenBusy(), now)) {
      LOG.atInfo()
          .addKeyValue("machine", retire.machine())
          .addKeyValue("why", retire.reason())
          .log("Machine is ended");
      if (retire.cause() == EndCause.FAILED) {
        machine.ifPresent(one -> health.failed(one, retire.reason(), now));
      }
    }
  }
}
