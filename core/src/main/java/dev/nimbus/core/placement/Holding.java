package dev.nimbus.core.placement;

import dev.nimbus.core.job.Labels;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.Withheld.Code;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Os;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Owner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pool has, and may still have made in this plan. */
final class Holding {
  private final Pool pool;
  private final Owner owner;
  private final Purse purse;
  private final Purse tenants;
  private final List<Choice> choices = new ArrayList<>();
  private final Map<Cell, Choice> byCell = new HashMap<>();
  private final Map<Os, Labels> offered = new EnumMap<>(Os.class);
  private int machines;

  Holding(Pool pool, Purse purse, Purse tenants) {
    this.pool = pool;
    this.owner = new Owner(pool.org(), pool.name());
    this.purse = purse;
    this.tenants = tenants;
    for (var offering : pool.offerings()) {
      offered.computeIfAbsent(offering.os(), _ -> pool.offered(offering));
    }
  }

  Pool pool() {
    return pool;
  }

  Owner owner() {
    return owner;
  }

  Purse purse() {
    return purse;
  }

  /** Where its machines may be made, most wanted first. */
  List<Choice> choices() {
    return choices;
  }

  void add(Offering offering, Cell cell, CellRoom room, Terms terms) {
    var choice = new Choice(this, offering, cell, room, terms);
    choices.add(choice);
    byCell.putIfAbsent(cell, choice);
  }

  /** The choice a machine was made by; null when the pool does not have it any more. */
  @Nullable Choice choice(Machine machine) {
    return byCell.get(machine.cell());
  }

  Labels offered(Os os) {
    return offered.getOrDefault(os, Labels.NONE);
  }

  /** Counts a machine that exists, and what is owed for it. */
  void count(long owed) {
    machines++;
    purse.spend(owed);
    tenants.spend(owed);
  }

  int left() {
    return Math.max(0, pool.max() - machines);
  }

  int affordable(long commitment) {
    return Math.min(purse.times(commitment), tenants.times(commitment));
  }

  boolean bounded() {
    return purse.bounded() || tenants.bounded();
  }

  void take(int count, long commitment) {
    machines += count;
    purse.spend(count * commitment);
    tenants.spend(count * commitment);
  }

  Obstacle full() {
    return new Obstacle(
        Code.POOL_FULL,
        "Pool '%s' has %d machines, and may have %d.".formatted(pool.name(), machines, pool.max()));
  }

  Obstacle exhausted(long commitment) {
    var empty = purse.times(commitment) == 0 ? purse : tenants;
    return new Obstacle(Code.BUDGET, empty.exhausted(commitment));
  }

  Stream<Group> idle() {
    return choices.stream().flatMap(choice -> choice.idle().stream());
  }

  Stream<Group> coming() {
    return choices.stream().flatMap(choice -> choice.coming().stream());
  }
}
