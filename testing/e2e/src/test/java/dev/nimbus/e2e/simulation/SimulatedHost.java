package dev.nimbus.e2e.simulation;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.host.Registration;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.sweep.SavedJob;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine: its clock, its disk, its sandboxes, and the one agent that may live on it. */
final class SimulatedHost {
  static final Duration LONGEST_KILL = Duration.ofMillis(500);

  private static final Duration LONGEST_START = Duration.ofSeconds(3);
  private static final int KILLED = 137;

  private final String name;
  private final World world;
  private final Registration registration;
  private final Party machine;
  private final DriftingClock clock;
  private final Map<SandboxId, SavedJob> disk = new LinkedHashMap<>();
  private final Map<SandboxId, SimulatedSandbox> sandboxes = new LinkedHashMap<>();
  private final Map<SandboxId, SimulatedSandbox> history = new LinkedHashMap<>();
  private final SimulatedAgent agent;
  private Duration wentOnAt = Duration.ZERO;

  SimulatedHost(String name, World world, Registration registration, Uplink uplink) {
    this.name = name;
    this.world = world;
    this.registration = registration;
    this.machine = world.party();
    this.clock = world.clock();
    this.agent = new SimulatedAgent(this, world, uplink);
  }

  String name() {
    return name;
  }

  HostId id() {
    return registration.id();
  }

  Registration registration() {
    return registration;
  }

  DriftingClock clock() {
    return clock;
  }

  Map<SandboxId, SavedJob> disk() {
    return disk;
  }

  SimulatedAgent agent() {
    return agent;
  }

  Party machine() {
    return machine;
  }

  Collection<SimulatedSandbox> sandboxes() {
    return sandboxes.values();
  }

  /** Every sandbox that ever was here under the lease. */
  Optional<SimulatedSandbox> ever(SandboxId id) {
    return Optional.ofNullable(history.get(id));
  }

  /** When it last went on after a pause, by its monotonic clock. */
  Duration wentOnAt() {
    return wentOnAt;
  }

  void boot() {
    if (!machine.up()) {
      machine.rise();
      agent.start();
    }
  }

  /** Everything on it stops; the disk may or may not survive. */
  void crash(boolean diskToo) {
    world.trace().add(name, diskToo ? "is lost" : "loses power");
    world.trace().tally().count("host crashed");
    agent.die();
    machine.die();
    clock.startAgain();
    List.copyOf(sandboxes.keySet()).forEach(this::close);
    if (diskToo) {
      disk.clear();
    }
    world.timeline().after(world.chance().upTo(Duration.ofSeconds(30)), this::boot);
  }

  void killAgent() {
    world.trace().add(name, "agent is killed");
    world.trace().tally().count("agent killed");
    agent.die();
    sandboxes.values().forEach(SimulatedSandbox::leaveAlone);
    machine.after(world.chance().upTo(Duration.ofSeconds(20)), this::startAgent);
  }

  void startAgent() {
    if (!agent.party().up()) {
      agent.start();
    }
  }

  /** Stands still, with or without its monotonic clock. */
  void pause(Duration time, boolean clockToo) {
    world.trace().add(name, "is paused for " + time);
    world.trace().tally().count("host paused");
    machine.pause();
    agent.party().pause();
    sandboxes.values().forEach(SimulatedSandbox::leaveAlone);
    world.timeline().after(time, () -> goOn(clockToo ? time : Duration.ZERO));
  }

  void jumpClock(Duration by) {
    world.trace().add(name, "clock jumps by " + by);
    clock.jump(by);
  }

  /** Starts a sandbox, which takes a while, may fail, and may never come to anything. */
  void start(SandboxId id, Work work, SandboxWatch watch) {
    var sandbox =
        new SimulatedSandbox(
            id, clock.monotonic().plus(Conditions.TTL.multipliedBy(2).dividedBy(3)));
    BrokenPromise.unless(!history.containsKey(id), "%s was started twice", id);
    if (wentOnAt.equals(clock.monotonic())) {
      sandbox.leaveAlone(); // Its grant was held up by the pause, for longer than anybody can tell.
    }
    sandboxes.put(id, sandbox);
    history.put(id, sandbox);
    if (world.fault(3)) {
      world.trace().add(name, "start of " + id + " hangs");
      return;
    }
    machine.after(world.chance().upTo(LONGEST_START), () -> startNow(sandbox, work, watch));
  }

  Optional<SimulatedSandbox> find(SandboxId id) {
    return Optional.ofNullable(sandboxes.get(id));
  }

  /** Kills a sandbox, which takes a moment. */
  void kill(SandboxId id) {
    machine.after(world.chance().upTo(LONGEST_KILL), () -> ended(id, new Exit.Exited(KILLED)));
  }

  /** Ends whatever there is of it at once. */
  void close(SandboxId id) {
    var sandbox = sandboxes.remove(id);
    if (sandbox != null && sandbox.alive()) {
      sandbox.end(new Exit.Crashed("closed"), clock.monotonic(), false);
    }
  }

  /** Removes what does not belong to a job that goes on. */
  void sweep(Collection<SandboxId> keep) {
    var swept = sandboxes.keySet().stream().filter(id -> !keep.contains(id)).toList();
    swept.forEach(this::close);
  }

  /** Whether a job runs here now, and not as part of a machine that stands still. */
  List<SimulatedSandbox> running(JobId job) {
    return sandboxes.values().stream()
        .filter(sandbox -> sandbox.alive() && sandbox.id().job().equals(job))
        .toList();
  }

  private void goOn(Duration stoodStill) {
    if (machine.paused()) {
      clock.freeze(stoodStill);
      wentOnAt = clock.monotonic();
      world.trace().add(name, "goes on");
      machine.goOn();
      agent.party().goOn();
    }
  }

  private void startNow(SimulatedSandbox sandbox, Work work, SandboxWatch watch) {
    if (sandboxes.get(sandbox.id()) != sandbox) {
      return;
    }
    if (world.fault(6)) {
      sandboxes.remove(sandbox.id());
      watch.failed();
      return;
    }
    sandbox.up(clock.monotonic());
    world.trace().add(name, "sandbox " + sandbox.id() + " is up");
    machine.after(clock.truly(work.time()), () -> doneBy(sandbox.id(), work));
    watch.up();
  }

  private void doneBy(SandboxId id, Work work) {
    var broke = world.fault(5);
    ended(id, broke ? new Exit.Crashed("chance") : new Exit.Exited(work.exitCode()), !broke);
  }

  private void ended(SandboxId id, Exit exit) {
    ended(id, exit, false);
  }

  private void ended(SandboxId id, Exit exit, boolean byItself) {
    find(id)
        .filter(SimulatedSandbox::alive)
        .ifPresent(
            sandbox -> {
              sandbox.end(exit, clock.monotonic(), byItself);
              world.trace().add(name, "sandbox " + id + " ended with " + exit);
              agent.exited(id);
            });
  }

  /** Who started a sandbox hears what came of it. */
  interface SandboxWatch {
    void up();

    void failed();
  }
}
