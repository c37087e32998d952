package dev.nimbus.core.placement;

import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.machine.Moments;
import dev.nimbus.core.machine.Report;
import dev.nimbus.core.machine.Stage;
import dev.nimbus.core.placement.Action.Make;
import dev.nimbus.core.placement.CellHealth.Trouble;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A machine whose fate is drawn when it is asked for. */
final class SimulatedMachine {
  private static final int NEVER = 1_000_000;
  private static final int LEASE_SECONDS = 60;
  private static final int ENDING_SECONDS = 30;

  private final Make made;
  private final boolean refused;
  private final Instant answers;
  private final Instant comesUp;
  private final Instant fallsSilent;
  private Machine machine;
  private @Nullable Size job;
  private Instant ends = Instant.MAX;
  private Instant gone = Instant.MAX;

  SimulatedMachine(Make made, MachineName name, Instant now, Random random) {
    this.made = made;
    refused = random.nextInt(100) < 20;
    answers = now.plusSeconds(random.nextInt(100) < 5 ? NEVER : 1 + random.nextInt(20));
    comesUp = answers.plusSeconds(random.nextInt(100) < 10 ? NEVER : 20 + random.nextInt(200));
    fallsSilent = comesUp.plusSeconds(random.nextInt(100) < 5 ? random.nextInt(300) : NEVER);
    var none = Optional.<Instant>empty();
    var moments = new Moments(now, none, none, none, none, none);
    machine = Scene.made(made.owner(), name, made.offering(), made.cell(), Stage.ASKED, moments);
  }

  Machine seen() {
    return machine;
  }

  /** What its host proves, while it is heard of. */
  Optional<Seat> seat(Instant now) {
    return machine.stage() == Stage.READY && now.isBefore(fallsSilent)
        ? Optional.of(Scene.seat("mixed", made.offering(), machine.busy() ? 0 : 1))
        : Optional.empty();
  }

  /**
   * Lets happen what is due.
   *
   * @param served is told of a job that was run
   * @param lost is told of a job whose lease ran out
   */
  void live(Scene world, Consumer<Size> served, Consumer<Size> lost) {
    switch (machine.stage()) {
      case ASKED -> hearAnswer(world);
      case BOOTING -> comeUp(world);
      case READY -> work(world.now, served, lost);
      case ENDING, GONE -> {}
    }
  }

  boolean gone(Instant now) {
    return !gone.isAfter(now);
  }

  boolean couldRun(Size size, Instant now) {
    var waits = machine.report().state().isEmpty() && !machine.busy();
    return waits && seat(now).isPresent() && size.fitsIn(made.offering().size());
  }

  void run(Size size, Instant until) {
    job = size;
    ends = until;
    machine = Scene.changed(machine, true, Report.NONE);
  }

  /** Means it to go, unless it is busy and may not; a job it had is lost. */
  boolean retire(boolean evenBusy, Instant now, Consumer<Size> lost) {
    if (machine.stage() == Stage.ENDING || (machine.busy() && !evenBusy)) {
      return false;
    }
    if (job != null) {
      lost.accept(job);
      job = null;
    }
    machine = Scene.in(Stage.ENDING, machine, machine.moments());
    gone = now.plusSeconds(ENDING_SECONDS);
    return true;
  }

  void judge(Scene world, UnaryOperator<CellHealth> verdict) {
    var cell = new OrgCell(machine.org(), machine.cell());
    var before = world.health.getOrDefault(cell, CellHealth.sound());
    world.health.put(cell, verdict.apply(before));
  }

  private void hearAnswer(Scene world) {
    if (answers.isAfter(world.now)) {
      return;
    }
    if (refused) {
      gone = world.now;
      judge(world, health -> health.failed(Trouble.CAPACITY, "none left", world.now));
      return;
    }
    var now = Optional.of(world.now);
    var none = Optional.<Instant>empty();
    var moments = new Moments(machine.moments().asked(), now, none, none, none, none);
    machine = Scene.in(Stage.BOOTING, machine, moments);
  }

  private void comeUp(Scene world) {
    if (comesUp.isAfter(world.now)) {
      return;
    }
    var now = Optional.of(world.now);
    var was = machine.moments();
    var none = Optional.<Instant>empty();
    var moments = new Moments(was.asked(), was.launched(), now, now, none, none);
    machine = Scene.in(Stage.READY, machine, moments);
    judge(world, health -> health.succeeded(was.asked()));
  }

  private void work(Instant now, Consumer<Size> served, Consumer<Size> lost) {
    if (job == null) {
      return;
    }
    if (!now.isBefore(fallsSilent)) {
      if (!now.isBefore(fallsSilent.plusSeconds(LEASE_SECONDS))) {
        lost.accept(job);
        release(Report.NONE);
      }
    } else if (!now.isBefore(ends)) {
      served.accept(job);
      release(new Report("done", ""));
    }
  }

  private void release(Report report) {
    job = null;
    machine = Scene.changed(machine, false, report);
  }
}
