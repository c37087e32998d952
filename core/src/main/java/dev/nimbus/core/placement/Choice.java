package dev.nimbus.core.placement;

import dev.nimbus.core.job.Labels;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.Withheld.Code;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cell a pool may have machines made in, and the machines it has there. */
final class Choice {
  private final Holding holding;
  private final Offering offering;
  private final Cell cell;
  private final CellRoom room;
  private final long microsPerHour;
  private final long commitment;
  private final @Nullable Obstacle refused;
  private final List<Group> idle = new ArrayList<>();
  private final List<Group> coming = new ArrayList<>();
  private @Nullable Obstacle obstacle;

  Choice(Holding holding, Offering offering, Cell cell, CellRoom room, Terms terms) {
    this.holding = holding;
    this.offering = offering;
    this.cell = cell;
    this.room = room;
    microsPerHour = price(offering, new OrgCell(holding.pool().org(), cell), terms);
    commitment = Paid.cost(microsPerHour, Paid.ahead(room.billing(), Duration.ZERO));
    refused = refusal(terms);
  }

  Holding holding() {
    return holding;
  }

  Offering offering() {
    return offering;
  }

  Cell cell() {
    return cell;
  }

  CellRoom cellRoom() {
    return room;
  }

  long microsPerHour() {
    return microsPerHour;
  }

  Labels labels() {
    return holding.offered(offering.os());
  }

  List<Group> idle() {
    return idle;
  }

  List<Group> coming() {
    return coming;
  }

  /** Adds a machine that waits for a job, with what its host proves. */
  void idle(Machine machine, Seat seat) {
    Group.among(idle, this, seat.labels(), seat.free()).add(machine);
  }

  /** Adds a machine that is expected to wait for a job soon. */
  void coming(Machine machine) {
    Group.among(coming, this, labels(), machine.size()).add(machine);
  }

  /** How many more may be made. */
  int left() {
    if (refused != null || unpriced()) {
      return 0;
    }
    return Math.min(Math.min(room.left(), holding.left()), holding.affordable(commitment));
  }

  /** Takes room for machines to be made, no more than are {@link #left}. */
  void take(int machines) {
    room.underway(machines);
    holding.take(machines, commitment);
  }

  /** Why none is left. */
  Obstacle obstacle() {
    if (obstacle == null) {
      obstacle = lookForObstacle();
    }
    return obstacle;
  }

  private Obstacle lookForObstacle() {
    if (holding.left() == 0) {
      return holding.full();
    }
    if (refused != null) {
      return refused;
    }
    if (unpriced()) {
      return new Obstacle(
          Code.NO_PRICE,
          "What %s costs is not known, and pool '%s' or its tenant has a budget."
              .formatted(cell, holding.pool().name()));
    }
    return holding.affordable(commitment) == 0 ? holding.exhausted(commitment) : room.obstacle();
  }

  private boolean unpriced() {
    return microsPerHour < 0 && holding.bounded();
  }

  private @Nullable Obstacle refusal(Terms terms) {
    var refusal = terms.refusals().get(new PoolCell(holding.owner(), cell));
    if (refusal == null || !refusal.holds(holding.pool().revision(), room.accountRevision())) {
      return null;
    }
    return new Obstacle(
        Code.REFUSED,
        "%s was refused to pool '%s' until the pool or the account changes: %s."
            .formatted(cell, holding.pool().name(), refusal.why()));
  }

  /** What the pool says is the list price; a spot machine costs no more. */
  private static long price(Offering offering, OrgCell cell, Terms terms) {
    var known = terms.prices().getOrDefault(cell, -1L);
    var spot = cell.cell().market() == Market.SPOT;
    return offering.microsPerHour() >= 0 && !(spot && known >= 0)
        ? offering.microsPerHour()
        : known;
  }
}
