package dev.nimbus.e2e.simulation;

import java.time.Duration;

/**
 * How hard a run is.
 *
 * @param mild clocks nearly agree and messages take a bounded time: then no two hosts may ever run
 *     one job at once, unless one was paused or without its agent
 * @param loss messages lost, in percent
 * @param duplication requests that arrive twice, in percent
 * @param slow messages that take up to {@code slowest}, in percent
 * @param skew how far clocks are off at most
 * @param drift how much too fast or slow clocks are at most, as a share
 * @param faultEvery mean time between two faults
 */
record Conditions(
    boolean mild,
    double loss,
    double duplication,
    double slow,
    Duration slowest,
    Duration skew,
    double drift,
    Duration faultEvery) {
  static final Duration TTL = Duration.ofSeconds(12);

  static Conditions of(Chance chance) {
    return chance.percent(50) ? mild(chance) : wild(chance);
  }

  /** Nothing goes wrong any more; clocks stay as they are. */
  Conditions healed() {
    return new Conditions(mild, 0, 0, 0, slowest, skew, drift, faultEvery);
  }

  private static Conditions mild(Chance chance) {
    return new Conditions(
        true,
        chance.between(0, 15),
        chance.between(0, 10),
        chance.between(0, 20),
        TTL.dividedBy(5),
        Duration.ofMillis(400),
        0.003,
        Duration.ofSeconds(chance.between(8, 60)));
  }

  private static Conditions wild(Chance chance) {
    return new Conditions(
        false,
        chance.between(0, 35),
        chance.between(0, 30),
        chance.between(0, 40),
        TTL.multipliedBy(3),
        Duration.ofSeconds(chance.between(0, 40)),
        0.05,
        Duration.ofSeconds(chance.between(3, 25)));
  }
}
