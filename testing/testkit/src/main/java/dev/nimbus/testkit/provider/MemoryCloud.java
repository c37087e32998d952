package dev.nimbus.testkit.provider;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cloud that keeps its machines in memory, on a clock of the test's: machines take a while to run
 * and to be gone, cells have only so many, and it can be made to fail. Thread-safe.
 */
public final class MemoryCloud implements ProviderFaults {
  private final InstantSource time;
  private final Habits habits;
  private final Map<MachineName, Rented> rented = new LinkedHashMap<>();
  private final Map<MachineName, String> tokens = new HashMap<>();
  private final Map<Cell, Integer> room = new HashMap<>();
  private final Deque<Launch> refusals = new ArrayDeque<>();
  private final List<Rented> ended = new ArrayList<>();
  private Predicate<Cell> known = cell -> !cell.type().equals("no-such-type");
  private boolean answerLost;
  private boolean listedLate;
  private long made;
  private int most;
  private int mismatches;

  public MemoryCloud(InstantSource time, Habits habits) {
    this.time = time;
    this.habits = habits;
  }

  /**
   * How it behaves when nothing is wrong.
   *
   * @param boot from the launch until a machine runs
   * @param late how long after its launch a machine is listed, when it is listed late
   */
  public record Habits(Duration boot, Duration late, Billing billing) {}

  /** The account as one controller sees it. */
  public Provider as(ControllerId controller) {
    return new MemoryProvider(this, controller);
  }

  /** Has no more than this many machines at once in a cell. */
  public synchronized void limit(Cell cell, int most) {
    room.put(cell, most);
  }

  /** Knows only these cells; every other is refused. */
  public synchronized void know(Predicate<Cell> cells) {
    known = cells;
  }

  @Override
  public synchronized void runOut() {
    refusals.add(new Launch.OutOfCapacity("no machine of this type is left here"));
  }

  @Override
  public synchronized void reachQuota() {
    refusals.add(new Launch.OverQuota("this account may have no more of these"));
  }

  @Override
  public synchronized void throttle(Duration again) {
    refusals.add(new Launch.Throttled("too many requests", again));
  }

  @Override
  public synchronized void loseAnswer() {
    answerLost = true;
  }

  @Override
  public synchronized void listLate() {
    listedLate = true;
  }

  /** Takes a machine back, as clouds do with spot machines; false when there is none such. */
  public synchronized boolean reclaim(MachineName name) {
    return end(name);
  }

  /** Everything anybody has here now, for a test to look at. */
  public synchronized List<MachineName> running() {
    return List.copyOf(rented.keySet());
  }

  /** What a machine runs at its first start; empty before it runs, and once it is gone. */
  public synchronized Optional<String> userData(MachineName name) {
    return Optional.ofNullable(rented.get(name))
        .filter(one -> !one.runsAt().isAfter(now()))
        .map(one -> one.spec().userData());
  }

  /** The most machines there ever were at once. */
  public synchronized int most() {
    return most;
  }

  /** How often a machine was asked for again with other parameters. */
  public synchronized int mismatches() {
    return mismatches;
  }

  /** Every machine there ever was, with when it was made and when it ended, if it has. */
  public synchronized List<Stay> stays() {
    var stays = new ArrayList<Stay>();
    ended.forEach(one -> stays.add(one.stay()));
    rented.values().forEach(one -> stays.add(one.stay()));
    return stays;
  }

  /**
   * From when until when a machine was paid for.
   *
   * @param until {@link Instant#MAX} while it goes on
   */
  public record Stay(MachineName name, Cell cell, Instant from, Instant until) {}

  synchronized Launch launch(MachineSpec spec) {
    var token = tokens.putIfAbsent(spec.name(), spec.token());
    if (token != null && !token.equals(spec.token())) {
      mismatches++;
      throw new IllegalStateException("Asked for " + spec + " twice, with different parameters");
    }
    var there = rented.get(spec.name());
    if (there != null) {
      return new Launch.Launched(there.seen(now()));
    }
    var refusal = refusal(spec.cell());
    if (refusal != null) {
      tokens.remove(spec.name());
      return refusal;
    }
    if (token != null) {
      return new Launch.Refused("machine " + spec.name() + " was ended and does not come again");
    }
    return answer(new Launch.Launched(make(spec).seen(now())));
  }

  synchronized void terminate(ControllerId controller, InstanceRef machine) {
    if (!machine.name().controller().equals(controller)) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot terminate %s: it is not of controller %s".formatted(machine, controller));
    }
    var there = rented.get(machine.name());
    if (there != null && (there.visible(now()) || there.id().equals(machine.id()))) {
      end(machine.name());
    }
  }

  synchronized List<Instance> instances(ControllerId controller) {
    var now = now();
    return rented.values().stream()
        .filter(one -> one.spec().name().controller().equals(controller) && one.visible(now))
        .map(one -> one.seen(now))
        .toList();
  }

  Billing billing() {
    return habits.billing();
  }

  private @Nullable Launch refusal(Cell cell) {
    if (!refusals.isEmpty()) {
      return refusals.poll();
    }
    if (!known.test(cell)) {
      return new Launch.Refused("there is no type '" + cell.type() + "' at " + cell.place());
    }
    var most = room.getOrDefault(cell, Integer.MAX_VALUE);
    var used = rented.values().stream().filter(one -> one.spec().cell().equals(cell)).count();
    return used < most ? null : new Launch.OutOfCapacity("no " + cell.type() + " is left");
  }

  private Rented make(MachineSpec spec) {
    var now = now();
    var visibleAt = listedLate ? now.plus(habits.late()) : now;
    listedLate = false;
    made++;
    var one = new Rented(spec, "i-" + made, now, now.plus(habits.boot()), visibleAt, Instant.MAX);
    rented.put(spec.name(), one);
    most = Math.max(most, rented.size());
    return one;
  }

  private boolean end(MachineName name) {
    var one = rented.remove(name);
    if (one != null) {
      ended.add(one.until(now()));
    }
    return one != null;
  }

  private Launch answer(Launch launch) {
    if (answerLost) {
      answerLost = false;
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot launch a machine: no answer was heard");
    }
    return launch;
  }

  private Instant now() {
    return time.instant();
  }

  private record Rented(
      MachineSpec spec, String id, Instant from, Instant runsAt, Instant visibleAt, Instant until) {
    boolean visible(Instant now) {
      return !visibleAt.isAfter(now);
    }

    Rented until(Instant end) {
      return new Rented(spec, id, from, runsAt, visibleAt, end);
    }

    Instance seen(Instant now) {
      var state = runsAt.isAfter(now) ? Instance.State.STARTING : Instance.State.RUNNING;
      var ref = new InstanceRef(spec.name(), spec.cell().place(), id);
      return new Instance(ref, spec.cell().type(), state, spec.tags(), from);
    }

    Stay stay() {
      return new Stay(spec.name(), spec.cell(), from, until);
    }
  }
}
