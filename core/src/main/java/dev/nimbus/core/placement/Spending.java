package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.provider.Owner;
import java.util.Map;

/**
 * What machines have cost in this calendar month (UTC), in millionths of a US dollar: the time they
 * existed until now at their price. What is owed beyond now, the planner adds.
 *
 * @param budgets of tenants as a whole, where they have one
 */
public record Spending(
    Map<OrgId, Budget> budgets, Map<OrgId, Long> byOrg, Map<Owner, Long> byPool) {
  public static final Spending NONE = new Spending(Map.of(), Map.of(), Map.of());

  public Spending {
    budgets = Map.copyOf(budgets);
    byOrg = Map.copyOf(byOrg);
    byPool = Map.copyOf(byPool);
  }
}
