package dev.nimbus.core.placement;

import dev.nimbus.core.placement.Action.Retire;
import dev.nimbus.core.placement.Plan.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides how many machines of which kind there should be. The same situation, in whatever order it
 * is told, has the same plan; and once a plan is carried out, the next one is empty.
 */
public final class Planner {
  private Planner() {}

  /** What is to be done now. Nothing a plan asks for goes beyond a pool's cap or a hard budget. */
  public static Plan plan(Situation situation) {
    var tenants = new Tenants(situation);
    var retired = new ArrayList<>(Stocktaking.of(tenants, situation));
    var kinds = Demand.of(situation, tenants);
    var withheld = new ArrayList<>(Withholding.of(kinds));
    var warmth = Warmth.of(situation, tenants);
    withheld.addAll(warmth.withheld());
    retired.addAll(Teardown.of(situation, tenants));
    retired.sort(Comparator.comparing((Retire retire) -> retire.machine().value()));
    var actions = new ArrayList<Action>(retired);
    Making.of(kinds).forEach(actions::add);
    actions.addAll(warmth.made());
    return new Plan(actions, withheld, warnings(tenants));
  }

  private static List<Warning> warnings(Tenants tenants) {
    var warnings = new ArrayList<Warning>();
    for (var tenant : tenants.all()) {
      warn(warnings, tenant, tenant.purse());
      for (var holding : tenant.holdings()) {
        warn(warnings, tenant, holding.purse());
        holding.choices().stream()
            .map(Choice::cellRoom)
            .filter(CellRoom::alarming)
            .forEach(room -> warnings.add(new Warning(tenant.org(), room.about(), room.alarm())));
      }
    }
    return warnings.stream().distinct().toList();
  }

  private static void warn(List<Warning> warnings, Tenant tenant, Purse purse) {
    if (purse.worthAWarning()) {
      warnings.add(new Warning(tenant.org(), purse.about(), purse.warning()));
    }
  }
}
