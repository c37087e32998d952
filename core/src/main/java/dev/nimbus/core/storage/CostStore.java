package dev.nimbus.core.storage;

import dev.nimbus.core.cost.CostGroup;
import dev.nimbus.core.cost.Grouping;
import dev.nimbus.core.cost.JobUse;
import dev.nimbus.core.cost.MachineSpend;
import dev.nimbus.core.cost.Period;
import dev.nimbus.core.cost.Spent;
import dev.nimbus.core.id.OrgId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What machines cost: written down when one is gone, kept when the machine itself is forgotten, and
 * worked out for those that are there. By whatever it is summed up, the sum is the same.
 */
public interface CostStore {
  /**
   * What a tenant's machines cost in a period, the dearest group first.
   *
   * @param now until when those that are not gone are counted
   */
  List<CostGroup> sums(OrgId org, Period period, Grouping by, Instant now);

  /** What the machines of every tenant cost in a period, by tenant. */
  List<CostGroup> sums(Period period, Instant now);

  /**
   * What the machines of every tenant at each provider cost since records began; never less than
   * before.
   */
  List<Spent> spent(Instant now);

  /** What machines of each kind cost a tenant in a period that are gone and had a price. */
  List<MachineSpend> spends(OrgId org, Period period);

  /**
   * What the tenant's newest jobs that ran to an end in a period used, where their hosts could tell
   * both; at most so many.
   */
  List<JobUse> uses(OrgId org, Period period, int limit);

  /** Forgets what was paid for before the day, so many at once; returns how many. */
  int forget(LocalDate before, int limit);
}
