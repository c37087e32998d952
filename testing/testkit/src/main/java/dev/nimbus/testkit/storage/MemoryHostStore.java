package dev.nimbus.testkit.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.storage.HostStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Hosts in memory. */
final class MemoryHostStore implements HostStore {
  private final MemoryState state;
  private final Map<String, Known> hosts = new TreeMap<>();

  MemoryHostStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public void register(Registration registration, Instant now) {
    synchronized (state) {
      state.know(registration.org());
      var known = hosts.get(registration.id().value());
      if (known != null && !known.registration.org().equals(registration.org())) {
        throw new NimbusException(
            Kind.DENIED,
            "Cannot register host '%s': another tenant has a host of this name"
                .formatted(registration.id()));
      }
      hosts.put(registration.id().value(), new Known(registration, now, now));
    }
  }

  @Override
  public boolean seen(HostId host, Instant now) {
    synchronized (state) {
      return hosts.computeIfPresent(
              host.value(), (id, known) -> new Known(known.registration, known.registeredAt, now))
          != null;
    }
  }

  @Override
  public Optional<Host> find(HostId host) {
    synchronized (state) {
      return Optional.ofNullable(hosts.get(host.value())).map(this::host);
    }
  }

  @Override
  public List<Host> list(OrgId org) {
    synchronized (state) {
      return hosts.values().stream()
          .map(this::host)
          .filter(host -> host.org().equals(org) || host.sharing() == Host.Sharing.ALL)
          .toList();
    }
  }

  @Override
  public List<HostId> forgetUnseen(Instant since) {
    synchronized (state) {
      var gone =
          hosts.values().stream()
              .filter(known -> known.seenAt.isBefore(since))
              .map(known -> known.registration.id())
              .filter(host -> state.heldBy(host).isEmpty())
              .toList();
      gone.forEach(host -> hosts.remove(host.value()));
      return gone;
    }
  }

  /** Forgets the host of a machine that is gone, unless it holds a lease. */
  void forget(OrgId org, HostId host) {
    var known = hosts.get(host.value());
    if (known != null && known.registration.org().equals(org) && state.heldBy(host).isEmpty()) {
      hosts.remove(host.value());
    }
  }

  private Host host(Known known) {
    var about = known.registration;
    var held = state.heldBy(about.id());
    var used = held.stream().map(job -> job.requirements().size()).reduce(Size.NONE, Size::plus);
    return new Host(
        about.id(),
        about.org(),
        about.sharing(),
        about.labels(),
        about.capacity(),
        about.slots(),
        used,
        held.size(),
        about.reductions(),
        about.version(),
        known.registeredAt,
        known.seenAt);
  }

  private record Known(Registration registration, Instant registeredAt, Instant seenAt) {}
}
