package dev.nimbus.e2e.simulation;

import dev.nimbus.core.org.OrgLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run is about.
 *
 * @param maxAttempts grants of a job before it is dead
 * @param rough how long things go wrong
 */
record Plan(int maxAttempts, Duration rough, List<Tenant> tenants, List<Machine> machines) {
  Plan {
    tenants = List.copyOf(tenants);
    machines = List.copyOf(machines);
  }

  /**
   * A tenant and how many jobs it submits.
   *
   * @param within the time in which it submits them
   */
  record Tenant(String name, OrgLimits limits, int jobs, Duration within) {}

  /**
   * A host.
   *
   * @param large whether it takes jobs with the label {@code large}
   * @param owner the tenant that has it for itself, empty for everybody
   */
  record Machine(String name, int slots, boolean large, String owner) {}

  static Plan of(Chance chance) {
    var rough = Duration.ofSeconds(chance.between(30, 120));
    var tenants = new ArrayList<Tenant>();
    tenants.add(new Tenant("flood", limits(chance), chance.between(6, 16), rough.dividedBy(8)));
    tenants.add(new Tenant("small", limits(chance), chance.between(1, 4), rough));
    if (chance.percent(50)) {
      tenants.add(new Tenant("third", limits(chance), chance.between(1, 6), rough.dividedBy(2)));
    }
    return new Plan(chance.between(2, 5), rough, tenants, machines(chance));
  }

  private static OrgLimits limits(Chance chance) {
    var running = chance.between(1, 5);
    return new OrgLimits(running, chance.between(1, running), chance.between(3, 20));
  }

  private static List<Machine> machines(Chance chance) {
    var machines = new ArrayList<Machine>();
    machines.add(new Machine("h0", chance.between(1, 3), true, ""));
    var count = chance.between(2, 4);
    for (var i = 1; i < count; i++) {
      var owner = chance.percent(20) ? "small" : "";
      machines.add(new Machine("h" + i, chance.between(1, 3), chance.percent(40), owner));
    }
    return machines;
  }
}
