package dev.nimbus.controlplane.boot;

import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.storage.MachineStore;
import dev.nimbus.core.storage.PoolStore;
import dev.nimbus.service.token.Audience;
import java.time.InstantSource;
import java.util.Set;

/** Machines at their first start: they spend a ticket for everything else they need. */
public final class Booting {
  private final MachineStore machines;
  private final PoolStore pools;
  private final Issuing issuing;
  private final InstantSource time;

  public Booting(MachineStore machines, PoolStore pools, Issuing issuing, InstantSource time) {
    this.machines = machines;
    this.pools = pools;
    this.issuing = issuing;
    this.time = time;
  }

  /** Spends a ticket; {@code DENIED} when it was spent, is another's or is not wanted any more. */
  public Begun redeem(MachineName name, String ticket) {
    var machine =
        machines
            .redeem(name, Tickets.digest(ticket), time.instant())
            .orElseThrow(() -> denied(name));
    var pool = pools.find(machine.org(), machine.pool()).orElseThrow(() -> denied(name));
    var wanted =
        new Issuing.Wanted(
            Audience.AGENT, name.host().value(), machine.org(), false, Set.of(), pool.maxLife());
    return new Begun(issuing.issue(wanted, "boot ticket of " + name), labels(pool, machine));
  }

  /**
   * Takes note of what a machine says of itself; {@code DENIED} when the ticket is not its own, or
   * it is gone.
   */
  public void report(MachineName name, String ticket, Report report) {
    if (!machines.proves(name, Tickets.digest(ticket))) {
      throw denied(name);
    }
    if (!outlived(name, report) && !machines.report(name, report, time.instant())) {
      throw denied(name);
    }
  }

  /** One that is taken back comes to its end as well, and that it did says less. */
  private boolean outlived(MachineName name, Report report) {
    return report.state().equals("done")
        && machines
            .find(name)
            .filter(machine -> machine.report().state().equals("interrupted"))
            .isPresent();
  }

  /** What a machine of this kind offers; of one whose kind the pool has no more, its labels. */
  private static Labels labels(Pool pool, Machine machine) {
    return pool.offerings().stream()
        .filter(offering -> offering.cells().contains(machine.cell()))
        .findFirst()
        .map(pool::offered)
        .orElse(pool.labels());
  }

  /** Says the same whatever is wrong: a stranger learns nothing about which machines there are. */
  private static NimbusException denied(MachineName name) {
    return new NimbusException(
        Kind.DENIED,
        "Cannot begin as %s: its ticket was spent, or is not its own, or it is not wanted any more"
            .formatted(name));
  }

  /** What a machine is given. */
  public record Begun(Issuing.Issued agent, Labels labels) {}
}
