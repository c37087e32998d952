package dev.nimbus.bench;

import dev.nimbus.core.placement.Planner;
import dev.nimbus.core.placement.Situation;
import dev.nimbus.core.placement.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** What one plan of capacity costs, and how that grows. */
final class Plans {
  private static final int ROUNDS = 51;
  private static final int WARM_UP = 1_000;
  private static final int LANES = 10_000;
  private static final int KINDS = 200;
  private static final int MACHINES = 5_000;

  private Plans() {}

  static void run() {
    var table = new Table("one plan, 50 pools", "median CPU ms", "least", "× of 1", "only sorted");
    grow(table, false, true);
    grow(table, false, false);
    grow(table, true, true);
    table.print();
  }

  /**
   * At ten and a hundred thousand machines, with the lanes that are looked at and ten times those.
   */
  static void scale() {
    var table = new Table("one plan, 50 pools", "median CPU ms", "least");
    warmUp(new Scenery(LANES, KINDS, MACHINES, true).situation());
    for (var size : new int[][] {{1, 2}, {1, 20}, {10, 20}}) {
      var scenery = new Scenery(size[0] * LANES, KINDS, size[1] * MACHINES, true);
      var plan = measure(scenery.situation(), Planner::plan);
      table.row(scenery.toString(), Timed.median(plan), Timed.percentile(plan, 0));
    }
    table.print();
  }

  private static void warmUp(Situation situation) {
    for (var i = 0; i < WARM_UP; i++) {
      Planner.plan(situation);
      sort(situation);
    }
  }

  /**
   * From the size promised to ten times that.
   *
   * @param distinct whether every lane asks for something else, or 200 kinds of lanes are alike
   * @param shared as of {@link Scenery}
   */
  private static void grow(Table table, boolean distinct, boolean shared) {
    var first = 0.0;
    for (var times : new int[] {1, 2, 4, 10}) {
      var kinds = distinct ? LANES * times : KINDS;
      var scenery = new Scenery(LANES * times, kinds, MACHINES * times, shared);
      var situation = scenery.situation();
      if (times == 1) {
        warmUp(situation);
      }
      var plan = measure(situation, Planner::plan);
      var sorting = measure(situation, Plans::sort);
      first = times == 1 ? Timed.median(plan) : first;
      table.row(
          scenery.toString(),
          Timed.median(plan),
          Timed.percentile(plan, 0),
          Timed.median(plan) / first,
          Timed.median(sorting));
    }
  }

  private static List<Double> measure(Situation situation, Consumer<Situation> what) {
    var millis = new ArrayList<Double>();
    for (var round = 0; round < ROUNDS; round++) {
      var began = Cpu.threadMicros();
      what.accept(situation);
      millis.add((Cpu.threadMicros() - began) / 1e3);
    }
    return millis;
  }

  private static void sort(Situation situation) {
    var sorted =
        situation.waiting().stream().sorted(Comparator.comparing(Waiting::oldest)).toList();
    if (sorted.isEmpty()) {
      throw new IllegalStateException("Nothing waits");
    }
  }
}
