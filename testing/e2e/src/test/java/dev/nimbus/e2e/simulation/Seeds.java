package dev.nimbus.e2e.simulation;

import dev.nimbus.core.storage.Storage;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Runs many seeds and says how to repeat the one that failed. */
final class Seeds {
  /** What must have happened in a thousand runs, or they were too quiet. */
  static final String[] RARE = {
    "AlreadyRecorded",
    "Lost",
    "Stale",
    "adopted",
    "agent killed",
    "agent stopped",
    "cancel AlreadyEnded",
    "cancel Asked",
    "cancel Cancelled",
    "control plane died",
    "control plane paused",
    "dead by giving back",
    "ended CANCELLED",
    "ended DEAD",
    "ended FAILED",
    "ended SUCCEEDED",
    "ended TIMED_OUT",
    "expired Cancelled",
    "expired GaveUp",
    "expired Requeued",
    "forgotten",
    "host crashed",
    "host paused",
    "message lost",
    "not found again",
    "not registered",
    "ran beside a newer lease",
    "retry NotEnded",
    "retry Queued",
    "stalled step",
    "start abandoned",
    "stop CANCEL",
    "stop GIVE_UP",
    "stop LOST",
    "stop STOP",
    "stop TIME_OUT",
    "submission repeated",
    "tenant full"
  };

  private Seeds() {}

  /** {@code -Dnimbus.sim.seed=…} for one seed; {@code -Dnimbus.sim.seeds=…} for so many. */
  static long[] chosen(int usual) {
    var one = Long.getLong("nimbus.sim.seed");
    var count = Integer.getInteger("nimbus.sim.seeds", usual);
    return one != null ? new long[] {one} : LongStream.range(0, count).toArray();
  }

  /** Runs each seed and returns what happened in all of them. */
  static Tally runAll(long[] seeds, Supplier<Storage> storage) {
    var all = new Tally();
    for (var seed : seeds) {
      all.add(run(seed, storage.get(), Judgement.REAL).tally());
    }
    return all;
  }

  static Trace run(long seed, Storage storage, Judgement judgement) {
    var simulation = new Simulation(seed, storage, judgement);
    try {
      simulation.run();
    } catch (RuntimeException e) { // Whatever it is, the seed must be said.
      throw new AssertionError(
          """
          Seed %d: %s
          Repeat with: mvn -pl testing/e2e -am test -Dtest=SimulationTest -Dnimbus.sim.seed=%d \
          -Dsurefire.failIfNoSpecifiedTests=false
          Before that:
          %s"""
              .formatted(seed, e.getMessage(), seed, simulation.trace().tail()),
          e);
    }
    return simulation.trace();
  }
}
