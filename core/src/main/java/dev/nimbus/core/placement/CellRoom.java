package dev.nimbus.core.placement;

import dev.nimbus.core.placement.Withheld.Code;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.Cell;
import java.time.Instant;

/** How many machines a cell may still be asked for in this plan, over all pools of its tenant. */
final class CellRoom {
  private final Cell cell;
  private final CellHealth health;
  private final AccountHealth account;
  private final Billing billing;
  private final Instant now;
  private int underway;

  CellRoom(OrgCell cell, Terms terms, Instant now) {
    this.cell = cell.cell();
    health = terms.health(cell);
    account = terms.account(cell);
    billing = terms.billing(cell);
    this.now = now;
  }

  Billing billing() {
    return billing;
  }

  long accountRevision() {
    return account.revision();
  }

  boolean alarming() {
    return health.alarming();
  }

  /** What {@link #alarm} is about. */
  String about() {
    return "quota of " + cell;
  }

  /** What a person has to do something about. */
  String alarm() {
    return switch (health) {
      case CellHealth.Sound _ -> throw new IllegalStateException(cell + " is sound");
      case CellHealth.Resting resting ->
          "The quota of provider '%s' is reached for %s: %s."
              .formatted(cell.provider(), cell, resting.why());
    };
  }

  /**
   * Counts machines that were asked for and never became ready: until they are gone, they may be
   * what a cell is tried with.
   */
  void underway(int machines) {
    underway += machines;
  }

  int left() {
    return account.rests(now) ? 0 : health.mayLaunch(now, underway);
  }

  /** Why there is no room. */
  Obstacle obstacle() {
    if (account.rests(now)) {
      return new Obstacle(
          Code.THROTTLED,
          "Provider '%s' was asked too often and is left alone until %s."
              .formatted(cell.provider(), account.restsUntil()));
    }
    return switch (health) {
      case CellHealth.Sound _ -> throw new IllegalStateException(cell + " is sound");
      case CellHealth.Resting resting -> new Obstacle(code(resting), rests(resting));
    };
  }

  private static Code code(CellHealth.Resting resting) {
    return resting.trouble() == CellHealth.Trouble.QUOTA ? Code.QUOTA : Code.COOLING;
  }

  private String rests(CellHealth.Resting resting) {
    var then =
        resting.until().isAfter(now)
            ? "is left alone until " + resting.until()
            : "is tried with one machine";
    return "%s %s: %s.".formatted(cell, then, resting.why());
  }
}
