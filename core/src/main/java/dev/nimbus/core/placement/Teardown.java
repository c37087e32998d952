package dev.nimbus.core.placement;

import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Action.Retire;
import dev.nimbus.core.provider.Billing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ends machines nothing waits for, when that saves money. */
final class Teardown {
  private static final Comparator<Spare> LONGEST =
      Comparator.comparing((Spare spare) -> Group.since(spare.machine))
          .thenComparing(Comparator.comparingLong(Spare::microsPerHour).reversed())
          .thenComparing(spare -> spare.machine.name().value());

  private final Situation situation;
  private final List<Retire> retired = new ArrayList<>();

  private Teardown(Situation situation) {
    this.situation = situation;
  }

  static List<Retire> of(Situation situation, Tenants tenants) {
    var teardown = new Teardown(situation);
    tenants.all().forEach(tenant -> tenant.holdings().forEach(teardown::tidy));
    return teardown.retired;
  }

  private record Spare(Machine machine, Billing billing) {
    static List<Spare> of(Group group) {
      var billing = group.choice().cellRoom().billing();
      return group.rest().stream().map(machine -> new Spare(machine, billing)).toList();
    }

    long microsPerHour() {
      return machine.microsPerHour();
    }
  }

  private void tidy(Holding holding) {
    var target = Warmth.target(holding, situation);
    var idle = holding.idle().flatMap(group -> Spare.of(group).stream()).sorted(LONGEST).toList();
    var coming = holding.coming().mapToInt(Group::left).sum();
    var grace = holding.pool().idleGrace();
    var ended =
        end(
            idle.stream().filter(spare -> endSaves(spare, grace)).toList(),
            idle.size() - target,
            "It has waited for a job for longer than " + grace + ".");
    if (coming > 0) {
      end(
          holding
              .coming()
              .flatMap(g -> Spare.of(g).stream())
              .filter(s -> recall(s, grace))
              .toList(),
          idle.size() - ended + coming - target,
          "What it was asked for is over, and nothing is paid for it yet.");
    }
  }

  private int end(List<Spare> spares, int most, String why) {
    var count = Math.clamp(most, 0, spares.size());
    for (var spare : spares.subList(0, count)) {
      retired.add(new Retire(spare.machine.name(), EndCause.IDLE, false, why));
    }
    return count;
  }

  private boolean endSaves(Spare spare, Duration grace) {
    var over = !Group.since(spare.machine).plus(grace).isAfter(situation.now());
    return over && Paid.endSaves(spare.billing, age(Inspection.made(spare.machine)));
  }

  /**
   * Whether a machine on its way may be called back. One that boots is let come: work may come for
   * it before it is ready, and then it has waited for less than a new one would take.
   */
  private boolean recall(Spare spare, Duration grace) {
    var machine = spare.machine;
    return machine.stage() == Stage.ASKED
        && spare.billing instanceof Billing.PerSecond
        && age(machine.moments().asked()).compareTo(grace) >= 0;
  }

  private Duration age(Instant from) {
    return Duration.between(from, situation.now());
  }
}
