package dev.nimbus.core.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums costs up by groups; not thread-safe. */
public final class Tally {
  private static final Comparator<CostGroup> DEAREST_FIRST =
      Comparator.comparingLong((CostGroup group) -> group.micros().total())
          .reversed()
          .thenComparing(CostGroup::name);

  private final Grouping by;
  private final Map<String, CostGroup> groups = new HashMap<>();

  public Tally(Grouping by) {
    this.by = by;
  }

  /**
   * Adds what machines cost that are of one group, or whose jobs are. Machines and time count for
   * the group as a whole.
   */
  public void add(CostGroup part) {
    if (by.ofMachines() || part.name().equals(Grouping.NONE)) {
      merge(part);
      return;
    }
    var jobs = part.micros().jobs();
    merge(new CostGroup(part.name(), jobs, part.machines(), part.millis(), part.unpricedMillis()));
    if (part.micros().total() != jobs.total()) {
      merge(new CostGroup(Grouping.NONE, part.micros().rest(), 0, 0, 0));
    }
  }

  /** Adds what of a machine's bill falls into the period. */
  public void add(Attribution whose, Bill bill, Period period) {
    for (var booking : bill.bookings()) {
      if (period.contains(booking.day())) {
        add(whose, booking, bill.priced());
      }
    }
  }

  /**
   * Adds what one machine cost on one day.
   *
   * @param priced whether its price is known
   */
  public void add(Attribution whose, Booking booking, boolean priced) {
    add(
        new CostGroup(
            whose.group(by),
            booking.micros(),
            booking.first() ? 1 : 0,
            booking.millis(),
            priced ? 0 : booking.millis()));
  }

  /** The dearest first. */
  public List<CostGroup> groups() {
    return groups.values().stream().sorted(DEAREST_FIRST).toList();
  }

  /** The first of these, and what is beyond as one. */
  public static List<CostGroup> most(List<CostGroup> groups, int most) {
    if (groups.size() <= most) {
      return groups;
    }
    var kept = new ArrayList<>(groups.subList(0, most - 1));
    kept.add(sum("(others)", groups.subList(most - 1, groups.size())));
    return kept;
  }

  /** All of them as one. */
  public static CostGroup total(List<CostGroup> groups) {
    return sum("total", groups);
  }

  private static CostGroup sum(String name, List<CostGroup> groups) {
    return groups.stream().reduce(new CostGroup(name, Split.NONE, 0, 0, 0), CostGroup::plus);
  }

  private void merge(CostGroup part) {
    groups.merge(part.name(), part, CostGroup::plus);
  }
}
