package dev.nimbus.core.placement;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.provider.Owner;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Every tenant that has pools, machines or waiting jobs. */
final class Tenants {
  private final Map<OrgId, Tenant> tenants = new HashMap<>();
  private final Map<OrgCell, CellRoom> cells = new HashMap<>();
  private final Situation situation;

  Tenants(Situation situation) {
    this.situation = situation;
    situation.pools().forEach(this::add);
  }

  Tenant of(OrgId org) {
    return tenants.computeIfAbsent(org, _ -> new Tenant(org, purse(org)));
  }

  /** In order of their ids. */
  Collection<Tenant> all() {
    var sorted = new TreeMap<OrgId, Tenant>(Comparator.comparing(OrgId::value));
    sorted.putAll(tenants);
    return sorted.values();
  }

  private void add(Pool pool) {
    var tenant = of(pool.org());
    var spent = situation.spending().byPool().getOrDefault(new Owner(pool.org(), pool.name()), 0L);
    var purse = new Purse("Pool '" + pool.name() + "'", pool.budget(), spent);
    var holding = new Holding(pool, purse, tenant.purse());
    for (var offering : pool.offerings()) {
      for (var cell : offering.cells()) {
        holding.add(offering, cell, room(new OrgCell(pool.org(), cell)), situation.terms());
      }
    }
    tenant.add(holding);
  }

  private CellRoom room(OrgCell cell) {
    return cells.computeIfAbsent(cell, _ -> new CellRoom(cell, situation.terms(), situation.now()));
  }

  private Purse purse(OrgId org) {
    var budget = situation.spending().budgets().getOrDefault(org, Budget.NONE);
    var spent = situation.spending().byOrg().getOrDefault(org, 0L);
    return new Purse("Tenant '" + org + "'", budget, spent);
  }
}
