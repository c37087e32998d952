package dev.nimbus.controlplane.reaping;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.service.metrics.Counter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at one account: what its provider has beside what we mean to have there. */
final class AccountSweep {
  private static final Logger LOG = LoggerFactory.getLogger(AccountSweep.class);

  private final ProviderAccount account;
  private final Provider provider;
  private final MachineStore machines;
  private final Suspicions suspicions;
  private final Set<MachineName> listed;
  private final Counter ended;
  private final Instant now;

  /**
   * A look at this time.
   *
   * @param listed every machine that was listed before; what is listed now is added
   * @param ended counts differences that were resolved
   */
  AccountSweep(
      ProviderAccount account,
      Provider provider,
      MachineStore machines,
      Suspicions suspicions,
      Set<MachineName> listed,
      Counter ended,
      Instant now) {
    this.account = account;
    this.provider = provider;
    this.machines = machines;
    this.suspicions = suspicions;
    this.listed = listed;
    this.ended = ended;
    this.now = now;
  }

  /** Looks, and ends what only one side knows. */
  void run() {
    var listing = provider.listing();
    silent(listing.silent());
    var live = live();
    for (var instance : listing.instances()) {
      alone(() -> there(instance, live));
    }
    var names =
        listing.instances().stream().map(one -> one.ref().name()).collect(Collectors.toSet());
    listed.addAll(names);
    for (var machine : live.values()) {
      if (listing.silent().containsKey(machine.cell().place())) {
        suspicions.keep(account, machine.name());
      } else if (!names.contains(machine.name())) {
        alone(() -> missing(machine));
      }
    }
  }

  private Map<MachineName, Machine> live() {
    var live = new HashMap<MachineName, Machine>();
    machines.live().stream()
        .filter(machine -> machine.org().equals(account.org()))
        .filter(machine -> machine.cell().provider().equals(account.name()))
        .forEach(machine -> live.put(machine.name(), machine));
    return live;
  }

  /** Something the provider has. */
  private void there(Instance instance, Map<MachineName, Machine> live) {
    var name = instance.ref().name();
    if (instance.state() == Instance.State.ENDING) {
      return;
    }
    var known = Optional.ofNullable(live.get(name)).or(() -> machines.find(name));
    if (known.isEmpty() || known.get().stage() == Stage.GONE) {
      end(instance, "orphan");
    } else if (isAnother(known.get(), instance)) {
      end(instance, "twin");
    } else if (instance.state() == Instance.State.STOPPED) {
      retire(known.get(), EndCause.LOST, "its provider says it is stopped", "stopped");
    }
  }

  private static boolean isAnother(Machine machine, Instance instance) {
    return !machine.providerId().isEmpty() && !machine.providerId().equals(instance.ref().id());
  }

  private void end(Instance instance, String difference) {
    if (believed(instance.ref().name(), difference)) {
      provider.terminate(instance.ref());
      note(instance.ref().name(), difference);
    }
  }

  /** Something we know and the provider does not list. */
  private void missing(Machine machine) {
    switch (machine.stage()) {
      case ENDING -> {
        if (!mayStillAppear(machine) || believed(machine.name(), "gone")) {
          machines.gone(machine.name(), now);
        }
      }
      case BOOTING, READY -> {
        if (believed(machine.name(), "lost")) {
          var why = "its provider does not have it any more";
          retire(machine, EndCause.INTERRUPTED, why, "lost");
        }
      }
      case ASKED, GONE -> {}
    }
  }

  /** One that was never listed, and whose launch may still be on its way or not known yet. */
  private boolean mayStillAppear(Machine machine) {
    var launched = machine.moments().launched();
    var young = launched.isEmpty() || launched.get().plus(provider.settling()).isAfter(now);
    return young && !listed.contains(machine.name());
  }

  private void retire(Machine machine, EndCause cause, String why, String difference) {
    if (machines.retire(machine.name(), new Machine.End(cause, why), true, now)) {
      note(machine.name(), difference);
    }
  }

  private boolean believed(MachineName machine, String difference) {
    var settling = provider.settling();
    var after = settling.compareTo(MachineReconcile.LEAST) > 0 ? settling : MachineReconcile.LEAST;
    return suspicions.believed(account, machine, difference, after, now);
  }

  private void silent(Map<String, String> places) {
    places.forEach(
        (place, why) ->
            LOG.atWarn()
                .addKeyValue("provider", account.name())
                .addKeyValue("org", account.org())
                .addKeyValue("place", place)
                .addKeyValue("why", why)
                .log("A place does not say which machines it has; they are left as they are"));
  }

  private void note(MachineName name, String difference) {
    ended.add(1, account.name().value(), difference);
    LOG.atWarn()
        .addKeyValue("machine", name)
        .addKeyValue("provider", account.name())
        .addKeyValue("difference", difference)
        .log("Our records and a provider differed");
  }

  private void alone(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) { // One bad machine never stops a sweep.
      LOG.atWarn()
          .addKeyValue("provider", account.name())
          .addKeyValue("why", e.getMessage())
          .log("Cannot settle what is with a machine; it is looked at again");
    }
  }
}
