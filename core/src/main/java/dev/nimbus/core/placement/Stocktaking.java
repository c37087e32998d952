package dev.nimbus.core.placement;

import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts machines into those that have to go, those that wait for a job, and those on their way. */
final class Stocktaking {
  /** Of a machine that has not had its job yet. */
  private static final Set<String> BEFORE_ITS_JOB = Set.of("", "installing", "idle");

  private final Tenants tenants;
  private final Situation situation;
  private final Inspection inspection;
  private final List<Action.Retire> retired = new ArrayList<>();

  private Stocktaking(Tenants tenants, Situation situation) {
    this.tenants = tenants;
    this.situation = situation;
    inspection = new Inspection(situation.fleet(), situation.now());
  }

  /** Puts each machine where it belongs; returns those that have to go. */
  static List<Action.Retire> of(Tenants tenants, Situation situation) {
    var stocktaking = new Stocktaking(tenants, situation);
    situation.fleet().machines().forEach(stocktaking::sort);
    tenants.all().forEach(Tenant::index);
    return stocktaking.retired;
  }

  private void sort(Machine machine) {
    if (machine.stage() == Stage.GONE) {
      return;
    }
    var tenant = tenants.of(machine.org());
    var holding = tenant.holding(machine.pool());
    var choice = holding == null ? null : holding.choice(machine);
    count(machine, tenant, holding, choice);
    if (choice != null && machine.moments().ready().isEmpty()) {
      choice.cellRoom().underway(1);
    }
    if (machine.stage() == Stage.ENDING) {
      return;
    }
    var pool = holding == null ? null : holding.pool();
    var verdict = inspection.verdict(machine, pool, choice != null);
    if (verdict != null) {
      retired.add(verdict);
    } else if (choice != null && !machine.busy()) {
      offer(machine, choice);
    }
  }

  private void count(
      Machine machine, Tenant tenant, @Nullable Holding holding, @Nullable Choice choice) {
    var billing =
        choice == null
            ? situation.terms().billing(new OrgCell(machine.org(), machine.cell()))
            : choice.cellRoom().billing();
    var age = Duration.between(Inspection.made(machine), situation.now());
    var owed = Paid.cost(machine.microsPerHour(), Paid.ahead(billing, age));
    if (holding == null) {
      tenant.purse().spend(owed);
    } else {
      holding.count(owed);
    }
  }

  private void offer(Machine machine, Choice choice) {
    if (machine.stage() != Stage.READY) {
      choice.coming(machine);
      return;
    }
    var seat = situation.fleet().heard().get(machine.name());
    if (seat != null && seat.slots() > 0 && BEFORE_ITS_JOB.contains(machine.report().state())) {
      choice.idle(machine, seat);
    }
  }
}
