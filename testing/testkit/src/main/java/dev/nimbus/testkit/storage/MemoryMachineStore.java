package dev.nimbus.testkit.storage;

import dev.nimbus.core.cost.Booking;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.storage.MachineStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Machines in memory. */
final class MemoryMachineStore implements MachineStore {
  private final MemoryState state;
  private final MemoryHostStore hosts;

  MemoryMachineStore(MemoryState state, MemoryHostStore hosts) {
    this.state = state;
    this.hosts = hosts;
  }

  @Override
  public Reserving reserve(NewMachine wanted, Instant now) {
    synchronized (state) {
      var spec = wanted.spec();
      var fleet = state.fleet();
      if (fleet.machine(spec.name()).isPresent()) {
        return new Reserving.Known();
      }
      var pool = fleet.pool(spec.owner().org(), spec.owner().pool());
      if (pool.isEmpty()) {
        return unwanted("there is no pool '%s' (any more)".formatted(spec.owner().pool()));
      }
      var provider = spec.cell().provider();
      var offered =
          pool.get().offerings().stream().anyMatch(kind -> kind.provider().equals(provider));
      if (!offered || fleet.provider(spec.owner().org(), provider).isEmpty()) {
        return unwanted("the pool has no provider '%s' (any more)".formatted(provider));
      }
      var live = fleet.machines(machine -> !machine.gone() && machine.isOf(pool.get()));
      if (live.size() >= pool.get().max()) {
        return new Reserving.Full(pool.get().max());
      }
      var made = new MemoryMachine(wanted, now);
      fleet.add(made);
      return new Reserving.Reserved(machine(made));
    }
  }

  @Override
  public Optional<Unanswered> unanswered(MachineName name) {
    synchronized (state) {
      return state.fleet().machine(name).flatMap(MemoryMachine::unanswered);
    }
  }

  @Override
  public boolean launched(MachineName name, String providerId, Instant now) {
    synchronized (state) {
      return state
          .fleet()
          .machine(name)
          .filter(machine -> machine.launched(providerId, now))
          .isPresent();
    }
  }

  @Override
  public Optional<Machine> redeem(MachineName name, String ticket, Instant now) {
    synchronized (state) {
      return state
          .fleet()
          .machine(name)
          .filter(machine -> machine.redeem(ticket, now))
          .map(this::machine);
    }
  }

  @Override
  public boolean proves(MachineName name, String ticket) {
    synchronized (state) {
      return state.fleet().machine(name).filter(machine -> machine.proves(ticket)).isPresent();
    }
  }

  @Override
  public boolean ready(MachineName name, Instant now) {
    synchronized (state) {
      return state.fleet().machine(name).filter(machine -> machine.ready(now)).isPresent();
    }
  }

  @Override
  public boolean report(MachineName name, Report report, Instant now) {
    synchronized (state) {
      return state.fleet().machine(name).filter(machine -> machine.report(report)).isPresent();
    }
  }

  @Override
  public boolean retire(MachineName name, Machine.End end, boolean evenBusy, Instant now) {
    synchronized (state) {
      return state
          .fleet()
          .machine(name)
          .filter(machine -> evenBusy || !busy(machine))
          .filter(machine -> machine.retire(end, now))
          .isPresent();
    }
  }

  @Override
  public boolean gone(MachineName name, Instant now) {
    synchronized (state) {
      var found = state.fleet().machine(name).filter(machine -> machine.gone(now));
      found
          .filter(MemoryMachine::existed)
          .ifPresent(machine -> state.fleet().ledger().close(machine, state));
      found.ifPresent(machine -> hosts.forget(machine.org(), name.host()));
      return found.isPresent();
    }
  }

  @Override
  public Optional<Machine> find(OrgId org, MachineName name) {
    return find(name).filter(machine -> machine.org().equals(org));
  }

  @Override
  public Optional<Machine> find(MachineName name) {
    synchronized (state) {
      return state.fleet().machine(name).map(this::machine);
    }
  }

  @Override
  public List<Machine> list(OrgId org, boolean gone, int limit) {
    synchronized (state) {
      return state
          .fleet()
          .machines(machine -> machine.org().equals(org) && (gone || !machine.gone()))
          .stream()
          .sorted(
              Comparator.comparing(MemoryMachine::askedAt)
                  .thenComparing(machine -> machine.name().value())
                  .reversed())
          .limit(limit)
          .map(this::machine)
          .toList();
    }
  }

  @Override
  public List<Machine> live() {
    synchronized (state) {
      return state.fleet().machines(machine -> !machine.gone()).stream()
          .map(this::machine)
          .toList();
    }
  }

  @Override
  public Spending spending(Instant now) {
    var month = Period.monthOf(now);
    var byOrg = new HashMap<OrgId, Long>();
    var byPool = new HashMap<Owner, Long>();
    synchronized (state) {
      for (var line : state.fleet().ledger().everything(month)) {
        add(byPool, line.whose().owner(), line.booking());
      }
      for (var machine : state.fleet().machines(MemoryMachine::open)) {
        machine.bill(now).bookings().stream()
            .filter(booking -> month.contains(booking.day()))
            .forEach(booking -> add(byPool, machine.owner(), booking));
      }
    }
    byPool.forEach((owner, micros) -> byOrg.merge(owner.org(), micros, Long::sum));
    return new Spending(Map.of(), byOrg, byPool);
  }

  private static void add(Map<Owner, Long> byPool, Owner owner, Booking booking) {
    if (booking.micros().total() > 0) {
      byPool.merge(owner, booking.micros().total(), Long::sum);
    }
  }

  @Override
  public int forget(Instant goneBefore, int limit) {
    synchronized (state) {
      var old =
          state.fleet().machines(machine -> machine.goneAt().isBefore(goneBefore)).stream()
              .sorted(Comparator.comparing(MemoryMachine::goneAt))
              .limit(limit)
              .toList();
      old.forEach(state.fleet()::remove);
      return old.size();
    }
  }

  private Machine machine(MemoryMachine machine) {
    return machine.machine(busy(machine));
  }

  private boolean busy(MemoryMachine machine) {
    return !state.heldBy(machine.name().host()).isEmpty();
  }

  private static Reserving unwanted(String why) {
    return new Reserving.Unwanted(why);
  }
}
