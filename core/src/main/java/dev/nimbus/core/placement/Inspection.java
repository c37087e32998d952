package dev.nimbus.core.placement;

import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.pool.Pool;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which machines are of no use any more, whatever waits. */
final class Inspection {
  private final Fleet fleet;
  private final Instant now;

  Inspection(Fleet fleet, Instant now) {
    this.fleet = fleet;
    this.now = now;
  }

  /**
   * How a machine has to go; null when it may stay.
   *
   * @param pool its pool; null when that is gone
   * @param offered whether its pool still has machines of its kind
   */
  Action.@Nullable Retire verdict(Machine machine, @Nullable Pool pool, boolean offered) {
    if (!machine.busy() && machine.report().state().equals("failed")) {
      return end(machine, EndCause.FAILED, "It failed: " + machine.report().detail());
    }
    if (!machine.busy() && machine.report().state().equals("done")) {
      return end(machine, EndCause.DONE, ("It ran its job. " + machine.report().detail()).strip());
    }
    if (!machine.busy() && machine.report().state().equals("interrupted")) {
      var why = "Its provider takes it back. " + machine.report().detail();
      return end(machine, EndCause.INTERRUPTED, why.strip());
    }
    if (pool != null && !made(machine).plus(pool.maxLife()).isAfter(now)) {
      return endEvenBusy(
          machine, EndCause.EXPIRED, "It has lived for " + pool.maxLife() + ", as long as it may.");
    }
    if (machine.stage() == Stage.READY && !fleet.heard().containsKey(machine.name())) {
      return endEvenBusy(machine, EndCause.LOST, "Nothing is heard of its agent any more.");
    }
    return machine.busy() ? null : verdictOfFree(machine, pool, offered);
  }

  /** Since when a machine is paid for, as far as we know. */
  static Instant made(Machine machine) {
    return machine.moments().launched().orElse(machine.moments().asked());
  }

  private Action.@Nullable Retire verdictOfFree(
      Machine machine, @Nullable Pool pool, boolean offered) {
    if (pool == null) {
      return end(machine, EndCause.IDLE, "There is no pool '" + machine.pool() + "' any more.");
    }
    if (!offered) {
      var said = "Pool '" + pool.name() + "' has no machines of " + machine.cell() + " any more.";
      return end(machine, EndCause.IDLE, said);
    }
    return machine.stage() == Stage.READY ? null : overdue(machine, pool);
  }

  private Action.@Nullable Retire overdue(Machine machine, Pool pool) {
    var moments = machine.moments();
    var limits = pool.deadlines();
    if (moments.redeemed().isPresent()) {
      var said = "Its agent did not register within %s of its start at %s.";
      return late(machine, moments.redeemed().get(), limits.register(), said);
    }
    if (machine.stage() == Stage.BOOTING) {
      var said = "It did not ask for what it needs within %s of being created at %s.";
      return late(machine, made(machine), limits.boot(), said);
    }
    var said = "Its provider did not say within %s of being asked at %s that it exists.";
    return late(machine, moments.asked(), limits.create(), said);
  }

  private Action.@Nullable Retire late(Machine machine, Instant from, Duration limit, String said) {
    var over = !from.plus(limit).isAfter(now);
    return over ? end(machine, EndCause.FAILED, said.formatted(limit, from)) : null;
  }

  private static Action.Retire end(Machine machine, EndCause cause, String why) {
    return new Action.Retire(machine.name(), cause, false, why);
  }

  private static Action.Retire endEvenBusy(Machine machine, EndCause cause, String why) {
    return new Action.Retire(machine.name(), cause, true, why);
  }
}
