package dev.nimbus.core.placement;

import dev.nimbus.core.pool.Budget;

/** What a budget leaves. */
final class Purse {
  private final String whose;
  private final Budget budget;
  private long spent;

  /**
   * A budget, and what of it is spent.
   *
   * @param whose such as {@code Pool 'large'}
   */
  Purse(String whose, Budget budget, long spent) {
    this.whose = whose;
    this.budget = budget;
    this.spent = spent;
  }

  boolean bounded() {
    return budget.hard() > 0;
  }

  /** How many times that much may be spent. */
  int times(long cost) {
    if (!bounded()) {
      return Integer.MAX_VALUE;
    }
    var left = budget.hard() - spent;
    if (left <= 0) {
      return 0;
    }
    return cost == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, left / cost);
  }

  void spend(long cost) {
    spent += cost;
  }

  boolean worthAWarning() {
    return budget.warning() > 0 && spent >= budget.warning();
  }

  /** What {@link #warning} is about. */
  String about() {
    return "budget of " + whose;
  }

  String warning() {
    return "%s has spent or owes %s this month; people are told from %s%s."
        .formatted(
            whose,
            Paid.dollars(spent),
            Paid.dollars(budget.warning()),
            bounded() ? ", and no machine is made beyond " + Paid.dollars(budget.hard()) : "");
  }

  String exhausted(long cost) {
    return "%s has spent or owes %s of %s this month; one more machine costs at least %s."
        .formatted(whose, Paid.dollars(spent), Paid.dollars(budget.hard()), Paid.dollars(cost));
  }
}
