package dev.nimbus.controlplane.scaling;

import dev.nimbus.controlplane.boot.Tickets;
import dev.nimbus.controlplane.provider.Accounts;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.Action;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.core.storage.MachineStore.Reserving;
import dev.nimbus.core.storage.Storage;
import java.time.InstantSource;
import java.util.stream.Collectors;

/**
 * Machines a person asks for, beyond what is planned. They are the pool's as any other: within its
 * cap and budget, and ended when no job comes within its idle grace.
 */
public final class HandMade {
  private static final int NAME_HEX = 32;

  private final Storage storage;
  private final Accounts accounts;
  private final MachineOrders orders;
  private final InstantSource time;

  public HandMade(Storage storage, Accounts accounts, MachineOrders orders, InstantSource time) {
    this.storage = storage;
    this.accounts = accounts;
    this.orders = orders;
    this.time = time;
  }

  /**
   * Has a machine made. The same request under the same key is the same machine.
   *
   * @param wanted of which offering of the pool; an empty place or type fits any
   * @param key empty for a machine of its own
   */
  public Made make(OrgId org, Wanted wanted, String key, String by) {
    var pool =
        storage
            .pools()
            .find(org, wanted.pool())
            .orElseThrow(
                () ->
                    new NimbusException(
                        Kind.NOT_FOUND,
                        "There is no pool '%s' of tenant '%s'".formatted(wanted.pool(), org)));
    var offering = offering(pool, wanted);
    var name = key.isEmpty() ? orders.fresh() : named(org, key);
    var known = storage.machines().find(org, name);
    if (known.isPresent()) {
      return new Made(same(known.get(), pool, offering), false);
    }
    checkBudget(pool);
    var account =
        accounts
            .find(org, offering.provider())
            .orElseThrow(() -> refused("", "provider '%s' is gone".formatted(offering.provider())));
    var make =
        new Action.Make(
            new Owner(org, pool.name()),
            offering,
            offering.cells().getFirst(),
            offering.microsPerHour(),
            true,
            1,
            "asked for by " + by);
    return switch (orders.reserve(name, make, pool, account)) {
      case Reserving.Reserved(var machine) -> new Made(machine, true);
      case Reserving.Full(var max) ->
          throw refused("pool-full", "pool '%s' has %d machines".formatted(pool.name(), max));
      case Reserving.Unwanted(var why) -> throw refused("", why);
      case Reserving.Known _ -> new Made(storage.machines().find(org, name).orElseThrow(), false);
    };
  }

  private static Offering offering(Pool pool, Wanted wanted) {
    return pool.offerings().stream()
        .filter(one -> wanted.place().isEmpty() || one.place().equals(wanted.place()))
        .filter(one -> wanted.type().isEmpty() || one.type().equals(wanted.type()))
        .findFirst()
        .orElseThrow(
            () ->
                new NimbusException(
                    Kind.INVALID,
                    "Pool '%s' offers no type '%s' at place '%s' (it offers %s)"
                        .formatted(pool.name(), wanted.type(), wanted.place(), offered(pool))));
  }

  private static String offered(Pool pool) {
    return pool.offerings().stream()
        .map(one -> one.type() + " at " + one.place())
        .collect(Collectors.joining(", "));
  }

  private void checkBudget(Pool pool) {
    if (pool.budget().equals(Budget.NONE) || pool.budget().hard() == 0) {
      return;
    }
    var owner = new Owner(pool.org(), pool.name());
    var spent = storage.machines().spending(time.instant()).byPool().getOrDefault(owner, 0L);
    if (spent >= pool.budget().hard()) {
      throw refused(
          "budget",
          "pool '%s' has spent %.2f of its %.2f US dollars of this month"
              .formatted(pool.name(), spent / 1e6, pool.budget().hard() / 1e6));
    }
  }

  private static Machine same(Machine known, Pool pool, Offering offering) {
    if (!known.pool().equals(pool.name()) || !offering.cells().contains(known.cell())) {
      throw new NimbusException(
          Kind.CONFLICT,
          "idempotency-key-taken",
          "The idempotency key was used for machine %s of pool '%s' in %s"
              .formatted(known.name(), known.pool(), known.cell()));
    }
    return known;
  }

  /** The same for the same tenant and key, wherever and whenever it is asked for. */
  private MachineName named(OrgId org, String key) {
    var unique = Tickets.digest(org + "\n" + key).substring(0, NAME_HEX);
    return MachineName.of(accounts.controller(), unique);
  }

  private static NimbusException refused(String code, String why) {
    return new NimbusException(Kind.CONFLICT, code, "Cannot make a machine: " + why);
  }

  /** Of which pool, and which of its offerings; empty for any. */
  public record Wanted(PoolName pool, String place, String type) {}

  /**
   * A machine that is meant to be.
   *
   * @param fresh whether it was not before
   */
  public record Made(Machine machine, boolean fresh) {}
}
