package dev.nimbus.e2e.simulation;

import java.time.Duration;
import java.time.Instant;

/** What everything in a run shares: its time, its chance, its trace, and how hard it is now. */
final class World {
  /** After this time all that was down or paused is there again. */
  private static final Duration SETTLING = Duration.ofSeconds(60);

  private final Timeline timeline = new Timeline();
  private final Trace trace = new Trace(timeline);
  private final Chance chance;
  private final String prefix;
  private Conditions conditions;
  private boolean healing;
  private Instant calmAt = Instant.MAX;

  World(long seed) {
    this.chance = new Chance(seed);
    this.prefix = "s" + Long.toHexString(seed) + "-";
    this.conditions = Conditions.of(chance);
  }

  /** A name that no run with another seed uses. */
  String name(String plain) {
    return prefix + plain;
  }

  Timeline timeline() {
    return timeline;
  }

  Chance chance() {
    return chance;
  }

  Trace trace() {
    return trace;
  }

  Conditions conditions() {
    return conditions;
  }

  boolean healing() {
    return healing;
  }

  /** From now on nothing new goes wrong. */
  void heal() {
    healing = true;
    calmAt = DriftingClock.BASE.plus(timeline.now()).plus(SETTLING);
    conditions = conditions.healed();
    trace.add("world", "faults stop");
  }

  /** Whether nothing was wrong any more at that time, and clocks can be believed. */
  boolean calmSince(Instant time) {
    return conditions.mild() && time.isAfter(calmAt);
  }

  /** True so often in a hundred times, until faults stop. */
  boolean fault(double percent) {
    return !healing && chance.percent(percent);
  }

  Party party() {
    return new Party(timeline);
  }

  DriftingClock clock() {
    return new DriftingClock(
        timeline,
        chance.around(conditions.skew()),
        1 + conditions.drift() * (2 * chance.fraction() - 1));
  }

  Duration reaction() {
    return chance.between(Duration.ofMillis(1), Duration.ofMillis(40));
  }
}
