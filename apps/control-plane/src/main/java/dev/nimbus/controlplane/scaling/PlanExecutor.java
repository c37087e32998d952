package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.boot.BootFacts;
import dev.nimbus.controlplane.boot.BootScript;
import dev.nimbus.controlplane.boot.Tickets;
import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.placement.Action;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.storage.MachineStore.Reserving;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.secret.Vault;
import dev.nimbus.service.time.Ids;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a plan says, one action at a time: what one cannot do is logged, and the next plan sees
 * it again. It only records intents; {@link MachineCalls} carries them to providers.
 */
final class PlanExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(PlanExecutor.class);

  /** Where only what was started is ours, not the machine it runs on. */
  private static final Set<ProviderKind> PARTS =
      EnumSet.of(ProviderKind.LOCAL, ProviderKind.SSH, ProviderKind.KUBERNETES);

  private final Storage storage;
  private final Accounts accounts;
  private final Vault vault;
  private final Health health;
  private final Supplier<URI> address;
  private final Ids ids;
  private final InstantSource time;

  PlanExecutor(
      Storage storage,
      Accounts accounts,
      Vault vault,
      Health health,
      Supplier<URI> address,
      Ids ids,
      InstantSource time) {
    this.storage = storage;
    this.accounts = accounts;
    this.vault = vault;
    this.health = health;
    this.address = address;
    this.ids = ids;
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
      if (!reserved(make, pool.get(), account.get())) {
        return;
      }
    }
  }

  private boolean reserved(Action.Make make, Pool pool, ProviderAccount account) {
    var name = MachineName.of(accounts.controller(), ids.next("m").substring("m-".length()));
    var ticket = Tickets.fresh(ids);
    var spec =
        new MachineSpec(
            name,
            make.owner(),
            make.cell(),
            make.offering().diskGib(),
            userData(name, ticket, make, pool, account),
            pool.maxLife());
    var sealed = vault.seal(place(name), spec.userData().getBytes(StandardCharsets.UTF_8));
    var wanted =
        new NewMachine(
            spec,
            sealed,
            Tickets.digest(ticket),
            make.offering().size(),
            Math.max(0, make.microsPerHour()),
            make.warm(),
            make.reason());
    return storage.machines().reserve(wanted, time.instant()) instanceof Reserving.Reserved;
  }

  private String userData(
      MachineName name, String ticket, Action.Make make, Pool pool, ProviderAccount account) {
    var facts =
        new BootFacts(
            name,
            address.get(),
            ticket,
            pool.maxLife(),
            Accounts.program(account),
            !PARTS.contains(account.kind()));
    var form = accounts.provider(account).bootFormat();
    return BootScript.of(facts, make.offering().os(), form);
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

  /** What the user data of a machine is sealed for. */
  static String place(MachineName name) {
    return "machine " + name;
  }
}
