package dev.nimbus.testkit.storage;

import dev.nimbus.core.cost.CostGroup;
import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.cost.Tally;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.CostStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

/** Costs in memory. */
final class MemoryCostStore implements CostStore {
  private final MemoryState state;

  MemoryCostStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public List<CostGroup> sums(OrgId org, Period period, Grouping by, Instant now) {
    return sums(org::equals, period, by, now);
  }

  @Override
  public List<CostGroup> sums(Period period, Instant now) {
    return sums(any -> true, period, Grouping.ORG, now);
  }

  @Override
  public int forget(LocalDate before, int limit) {
    synchronized (state) {
      return state.fleet().ledger().forget(before, limit);
    }
  }

  private List<CostGroup> sums(Predicate<OrgId> whose, Period period, Grouping by, Instant now) {
    var tally = new Tally(by);
    synchronized (state) {
      state.fleet().ledger().lines(whose, period).forEach(line -> line.addTo(tally));
      for (var machine : state.fleet().machines(one -> whose.test(one.org()) && one.open())) {
        tally.add(MemoryLedger.attribution(machine, state), machine.bill(now), period);
      }
    }
    return tally.groups();
  }
}
