package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.ProviderAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Providers, pools and machines. Guarded by the {@link MemoryState} it is in. */
final class MemoryFleet {
  private final List<ControllerId> controllers = new ArrayList<>();
  private final List<ProviderAccount> providers = new ArrayList<>();
  private final List<Pool> pools = new ArrayList<>();
  private final Map<String, MemoryMachine> machines = new TreeMap<>();
  private final MemoryLedger ledger = new MemoryLedger();

  MemoryLedger ledger() {
    return ledger;
  }

  ControllerId controller(ControllerId otherwise) {
    if (controllers.isEmpty()) {
      controllers.add(otherwise);
    }
    return controllers.getFirst();
  }

  List<ProviderAccount> providers() {
    return providers;
  }

  /** Matching ones, in order of tenant and name. */
  List<ProviderAccount> providers(Predicate<ProviderAccount> which) {
    return providers.stream()
        .filter(which)
        .sorted(
            Comparator.comparing((ProviderAccount known) -> known.org().value())
                .thenComparing(known -> known.name().value()))
        .toList();
  }

  Optional<ProviderAccount> provider(OrgId org, ProviderName name) {
    return providers(known -> known.org().equals(org) && known.name().equals(name)).stream()
        .findFirst();
  }

  List<Pool> pools() {
    return pools;
  }

  /** Matching ones, in order of tenant and name. */
  List<Pool> pools(Predicate<Pool> which) {
    return pools.stream()
        .filter(which)
        .sorted(
            Comparator.comparing((Pool known) -> known.org().value())
                .thenComparing(known -> known.name().value()))
        .toList();
  }

  Optional<Pool> pool(OrgId org, PoolName name) {
    return pools(known -> known.org().equals(org) && known.name().equals(name)).stream()
        .findFirst();
  }

  void add(MemoryMachine machine) {
    machines.put(machine.name().value(), machine);
  }

  void remove(MemoryMachine machine) {
    machines.remove(machine.name().value());
  }

  Optional<MemoryMachine> machine(MachineName name) {
    return Optional.ofNullable(machines.get(name.value()));
  }

  /** The tenant's machine that is this host. */
  Optional<MemoryMachine> machine(OrgId org, HostId host) {
    return Optional.ofNullable(machines.get(host.value()))
        .filter(machine -> machine.org().equals(org));
  }

  /** The host gave a job back that it never started. */
  void returned(HostId host, long job) {
    var machine = machines.get(host.value());
    if (machine != null) {
      machine.returned(job);
    }
  }

  /** The host says that its job is over. */
  void finished(HostId host, long job, Instant now) {
    var machine = machines.get(host.value());
    if (machine != null) {
      machine.finished(job, now);
    }
  }

  /** Matching ones, in order of name. */
  List<MemoryMachine> machines(Predicate<MemoryMachine> which) {
    return machines.values().stream().filter(which).toList();
  }
}
