package dev.nimbus.controlplane.reaping;

import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what providers have with what we mean to have, in both directions, and ends what only
 * one side knows. The provider is asked first and our records are read after: an intent is recorded
 * before a machine is asked for, so a machine without a record was not just made. Each account and
 * each machine is looked at alone, so that a bad one never stops the others.
 */
public final class MachineReconcile {
  private static final Logger LOG = LoggerFactory.getLogger(MachineReconcile.class);

  /** A difference is believed once it lasted so long, or as long as a provider takes to settle. */
  static final Duration LEAST = Duration.ofSeconds(10);

  private final MachineStore machines;
  private final Accounts accounts;
  private final InstantSource time;
  private final Counter ended;
  private final Suspicions suspicions = new Suspicions();
  private final Set<MachineName> listed = new HashSet<>();

  public MachineReconcile(
      MachineStore machines, Accounts accounts, InstantSource time, Metrics metrics) {
    this.machines = machines;
    this.accounts = accounts;
    this.time = time;
    this.ended =
        metrics.counter(
            "nimbus_reconcile_ended_total",
            "Differences between our records and what providers have that were resolved",
            "provider",
            "difference");
  }

  /** One sweep; safe to repeat at any time. */
  public void step() {
    for (var account : accounts.all()) {
      try {
        sweep(account);
      } catch (RuntimeException e) { // Another account is not to be left alone for it.
        LOG.atWarn()
            .addKeyValue("provider", account.name())
            .addKeyValue("org", account.org())
            .addKeyValue("why", e.getMessage())
            .log("Cannot compare what a provider has with what we mean to have");
        suspicions.keep(account);
      }
    }
    suspicions.sweep();
    listed.retainAll(machines.live().stream().map(Machine::name).collect(Collectors.toSet()));
  }

  private void sweep(ProviderAccount account) {
    var provider = accounts.provider(account);
    new AccountSweep(account, provider, machines, suspicions, listed, ended, time.instant()).run();
  }
}
