package dev.nimbus.core.storage;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.NewMachine;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.placement.Spending;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.secret.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The machines we had made. Caps hold because a machine is counted in the same step that records
 * the intent to have it; that a machine with a job is not ended, and one that is ending gets no
 * job, because retiring it and granting to its host exclude each other.
 */
public interface MachineStore {
  /**
   * Records that a machine is meant to be, if the caps of its pool leave room for one. A name used
   * before changes nothing.
   */
  Reserving reserve(NewMachine wanted, Instant now);

  /**
   * What to ask the provider for, exactly as it was meant to be asked, with its user data sealed;
   * empty once the answer is recorded or the machine is not wanted any more.
   */
  Optional<Unanswered> unanswered(MachineName name);

  /**
   * Records that the provider has it.
   *
   * @return false when it is not wanted any more, or unknown: then whoever launched it ends it
   */
  boolean launched(MachineName name, String providerId, Instant now);

  /**
   * Spends the ticket a machine proves itself with.
   *
   * @param ticket its digest
   * @return the machine; empty when the ticket is unknown, spent, or of a machine that is not
   *     wanted
   */
  Optional<Machine> redeem(MachineName name, String ticket, Instant now);

  /** Whether the ticket (its digest) is the machine's, spent or not, and the machine not gone. */
  boolean proves(MachineName name, String ticket);

  /** Records that its agent registered; false when it is not wanted any more. */
  boolean ready(MachineName name, Instant now);

  /** Keeps what it says of itself, until it is gone. */
  boolean report(MachineName name, Report report, Instant now);

  /**
   * Means a machine to go. From here on its host is granted nothing.
   *
   * @param evenBusy whether also one whose host holds a lease
   * @return false when it is busy and may not be ended, is ending already, or is unknown
   */
  boolean retire(MachineName name, Machine.End end, boolean evenBusy, Instant now);

  /**
   * Records that its provider does not have it; only of one that is ending. What it cost is written
   * down in the same step.
   */
  boolean gone(MachineName name, Instant now);

  Optional<Machine> find(OrgId org, MachineName name);

  /** By a name alone, for the loops and for machines that speak for themselves. */
  Optional<Machine> find(MachineName name);

  /**
   * A tenant's machines, newest first.
   *
   * @param gone whether also those that are gone
   */
  List<Machine> list(OrgId org, boolean gone, int limit);

  /** Every tenant's that are not gone, for the loops, in order of name. */
  List<Machine> live();

  /**
   * What machines have cost in the calendar month (UTC) of the instant: those that are gone with
   * all that was paid for, those that are not until then. Costs what those that are not gone cost.
   */
  Spending spending(Instant now);

  /** Forgets machines gone before the instant, so many at once; returns how many. */
  int forget(Instant goneBefore, int limit);

  /** What is to be asked for, and its user data. */
  record Unanswered(MachineSpec spec, Sealed userData) {}

  /** Whether a machine may be made. */
  sealed interface Reserving {
    record Reserved(Machine machine) implements Reserving {}

    /** The pool has as many as it may. */
    record Full(int max) implements Reserving {}

    /** Pool or provider are not there (any more). */
    record Unwanted(String why) implements Reserving {}

    /** A machine of this name was meant to be before. */
    record Known() implements Reserving {}
  }
}
