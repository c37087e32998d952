package dev.nimbus.core.placement;

import dev.nimbus.core.placement.Action.Make;
import java.util.ArrayList;
import java.util.List;

/** Keeps machines waiting for jobs that have not come yet, with what demand leaves. */
final class Warmth {
  private final Situation situation;
  private final List<Make> made = new ArrayList<>();
  private final List<Withheld> withheld = new ArrayList<>();

  private Warmth(Situation situation) {
    this.situation = situation;
  }

  static Warmth of(Situation situation, Tenants tenants) {
    var warmth = new Warmth(situation);
    tenants.all().forEach(tenant -> tenant.holdings().forEach(warmth::keep));
    return warmth;
  }

  List<Make> made() {
    return made;
  }

  List<Withheld> withheld() {
    return withheld;
  }

  /** How many of a pool's machines are to wait for jobs. */
  static int target(Holding holding, Situation situation) {
    var pool = holding.pool();
    var forecast = situation.warm().getOrDefault(holding.owner(), 0);
    return Math.min(pool.max(), Math.max(pool.minIdle(situation.now()), forecast));
  }

  private void keep(Holding holding) {
    var target = target(holding, situation);
    var spare = holding.idle().mapToInt(Group::left).sum();
    var coming = holding.coming().mapToInt(Group::left).sum();
    var missing = target - spare - coming;
    for (var choice : holding.choices()) {
      var count = Math.min(missing, choice.left());
      if (count > 0) {
        choice.take(count);
        made.add(Making.make(choice, true, count, reason(target, spare, coming)));
        missing -= count;
      }
    }
    if (missing > 0) {
      withhold(holding, missing);
    }
  }

  private void withhold(Holding holding, int missing) {
    var pool = holding.pool();
    var obstacle = Obstacle.of(holding.choices());
    var subject = new Withheld.Subject.Warmth(pool.name());
    withheld.add(new Withheld(pool.org(), subject, obstacle.code(), missing, obstacle.sentence()));
  }

  private static String reason(int target, int spare, int coming) {
    return "%d machines are to wait for jobs; %d do, and %d come.".formatted(target, spare, coming);
  }
}
