package dev.nimbus.core.placement;

import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.EndCause;
import dev.nimbus.core.placement.Action.Make;
import dev.nimbus.core.placement.Action.Retire;
import dev.nimbus.core.placement.CellHealth.Trouble;
import dev.nimbus.core.pool.Offering;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Two planners that act on what they saw some seconds ago, on a cloud in which machines are
 * refused, hang, come up late or never, and fall silent, while jobs come in bursts. In steps of
 * five seconds of its own time, from a seed.
 */
final class CapacityRun {
  static final int MAX = 12;

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int ARRIVING = 360;
  private static final int LONGEST = 10_000;
  private static final int VIEWS = 5;
  private static final Offering FIRST = Scene.offering("s2", Scene.SMALL);
  private static final Offering SECOND = Scene.offering("s8", Scene.LARGE);

  private final Random random;
  private final boolean counting;
  private final Scene world = new Scene().pool("mixed", MAX, FIRST, SECOND);
  private final Map<String, SimulatedMachine> machines = new TreeMap<>();
  private final Deque<Size> waiting = new ArrayDeque<>();
  private final Deque<Situation> views = new ArrayDeque<>();
  private int step;
  private int made;
  private int come;
  private int served;
  private int most;

  /**
   * A run.
   *
   * @param counting whether a machine is counted under the cap in the step that records it, as it
   *     has to be
   */
  CapacityRun(long seed, boolean counting) {
    random = new Random(seed);
    this.counting = counting;
  }

  /** Goes on until nothing is left; returns false when that takes longer than half a day. */
  boolean toTheEnd() {
    while (step < LONGEST) {
      step++;
      world.now = world.now.plus(STEP);
      arrive();
      machines.values().forEach(m -> m.live(world, _ -> served++, waiting::addFirst));
      machines.values().removeIf(machine -> machine.gone(world.now));
      machines.values().forEach(this::dispatch);
      look();
      act();
      act();
      if (step > ARRIVING && waiting.isEmpty() && machines.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The most machines there ever were at once. */
  int most() {
    return most;
  }

  int come() {
    return come;
  }

  int served() {
    return served;
  }

  /** All that depends on chance, in numbers. */
  @Override
  public String toString() {
    return "%d steps, %d jobs, %d served, %d machines, at most %d at once"
        .formatted(step, come, served, made, most);
  }

  private void arrive() {
    if (step < ARRIVING && random.nextInt(20) == 0) {
      var burst = 1 + random.nextInt(20);
      for (var i = 0; i < burst; i++) {
        waiting.add(random.nextInt(4) == 0 ? Scene.LARGE : Scene.SMALL);
      }
      come += burst;
    }
  }

  /** A host takes the oldest job that fits. */
  private void dispatch(SimulatedMachine machine) {
    var fitting = waiting.stream().filter(job -> machine.couldRun(job, world.now)).findFirst();
    fitting.ifPresent(
        job -> {
          waiting.removeFirstOccurrence(job);
          machine.run(job, world.now.plusSeconds(10 + random.nextInt(300)));
        });
  }

  private void look() {
    world.waiting.clear();
    for (var size : List.of(Scene.SMALL, Scene.LARGE)) {
      var jobs = (int) waiting.stream().filter(size::equals).count();
      if (jobs > 0) {
        world.jobs(jobs, size, "linux");
      }
    }
    world.machines.clear();
    world.heard.clear();
    for (var machine : machines.values()) {
      world.machines.add(machine.seen());
      machine.seat(world.now).ifPresent(seat -> world.heard.put(machine.seen().name(), seat));
    }
    views.addFirst(world.situation());
    if (views.size() > VIEWS) {
      views.removeLast();
    }
  }

  /** One of the planners acts, if it is its turn, on what it saw up to 20 seconds ago. */
  private void act() {
    if (random.nextInt(3) != 0) {
      return;
    }
    var view = new ArrayList<>(views).get(random.nextInt(views.size()));
    for (var action : Planner.plan(view).actions()) {
      switch (action) {
        case Make make -> make(make);
        case Retire retire -> retire(retire);
      }
    }
    most = Math.max(most, machines.size());
  }

  private void make(Make make) {
    for (var i = 0; i < make.count(); i++) {
      if (!counting || machines.size() < MAX) {
        var name = Scene.name(made++);
        machines.put(name.value(), new SimulatedMachine(make, name, world.now, random));
      }
    }
  }

  private void retire(Retire retire) {
    var machine = machines.get(retire.machine().value());
    if (machine == null || !machine.retire(retire.evenBusy(), world.now, waiting::addFirst)) {
      return;
    }
    if (retire.cause() == EndCause.FAILED) {
      machine.judge(world, health -> health.failed(Trouble.FAILURE, "too late", world.now));
    }
  }
}
