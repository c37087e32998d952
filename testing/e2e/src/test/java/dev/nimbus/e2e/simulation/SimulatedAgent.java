package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.e2e.simulation.SimulatedControlPlane.Question;
import dev.nimbus.e2e.simulation.SimulatedControlPlane.Served;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.sweep.Clocks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An agent with the rules of the real one around the real machine: it registers, always has one
 * question for work on its way, keeps every lease it was given, and goes on with what is on the
 * disk when it starts.
 */
final class SimulatedAgent {
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Duration IDLE_WAIT = Duration.ofSeconds(15);
  private static final Duration BUSY_WAIT = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int MAX_DOUBLINGS = 5;

  private final SimulatedHost host;
  private final World world;
  private final Uplink uplink;
  private final Party party;
  private final Map<SandboxId, SimulatedRun> runs = new LinkedHashMap<>();
  private Judgement judgement = Judgement.REAL;
  private Duration startedAt = Duration.ZERO;
  private long question;
  private int failures;
  private boolean askedForNothing;
  private boolean stopping;

  SimulatedAgent(SimulatedHost host, World world, Uplink uplink) {
    this.host = host;
    this.world = world;
    this.uplink = uplink;
    this.party = world.party();
  }

  Party party() {
    return party;
  }

  SimulatedHost host() {
    return host;
  }

  Judgement judgement() {
    return judgement;
  }

  void judgeBy(Judgement other) {
    judgement = other;
  }

  /** When this life began, on the monotonic clock of the machine. */
  Duration startedAt() {
    return startedAt;
  }

  /** The monotonic clock of this life. */
  Duration now() {
    return host.clock().monotonic().minus(startedAt);
  }

  Clocks clocks() {
    return new Clocks(now(), host.clock().boot());
  }

  void start() {
    party.rise();
    startedAt = host.clock().monotonic();
    failures = 0;
    stopping = false;
    host.sweep(host.disk().keySet());
    for (var saved : List.copyOf(host.disk().values())) {
      var run = SimulatedRun.saved(saved, this, world);
      runs.put(run.id(), run);
    }
    List.copyOf(runs.values()).forEach(SimulatedRun::resume);
    world.trace().add(host.name(), "agent starts with " + runs.size() + " jobs");
    register();
  }

  void die() {
    party.die();
    runs.clear();
    question++;
  }

  /** Is told to end: takes no more work, gives back what it has, and is gone after a while. */
  void stop() {
    world.trace().add(host.name(), "agent stops");
    world.trace().tally().count("agent stopped");
    stopping = true;
    question++;
    List.copyOf(runs.values()).forEach(run -> run.on(new Event.StopAsked()));
    party.after(Duration.ofSeconds(15), host::killAgent);
  }

  void exited(SandboxId id) {
    party.reach(
        () -> {
          var run = runs.get(id);
          if (run != null) {
            run.reportExit();
          }
        });
  }

  /** There is room again: a question that offers nothing is asked anew. */
  void freed() {
    if (askedForNothing) {
      ask();
    }
  }

  void forget(SandboxId id) {
    runs.remove(id);
    host.disk().remove(id);
    host.close(id);
  }

  <R> void call(Uplink.Asking<R> asking, Consumer<R> answered, Runnable never) {
    call(PATIENCE, asking, answered, never);
  }

  private <R> void call(
      Duration patience, Uplink.Asking<R> asking, Consumer<R> answered, Runnable never) {
    uplink.call(party, patience, asking, new Hearing<>(answered, never));
  }

  private void register() {
    var held = runs.values().stream().filter(run -> !run.over()).map(SimulatedRun::id).toList();
    this.<List<SandboxId>>call(
        (plane, answer) -> plane.register(host.registration(), held, answer),
        this::registered,
        () -> pauseBefore(this::register));
  }

  private void registered(List<SandboxId> drop) {
    for (var lost : drop) {
      var run = runs.get(lost);
      if (run != null) {
        run.on(new Event.Lost("said at registration"));
      }
    }
    failures = 0;
    ask();
  }

  private void ask() {
    if (stopping) {
      return;
    }
    var asked = ++question;
    var taken = runs.values().stream().filter(SimulatedRun::alive).map(SimulatedRun::size).toList();
    var slots = host.registration().slots() - taken.size();
    var free = host.registration().capacity().minus(taken.stream().reduce(Size.NONE, Size::plus));
    askedForNothing = slots == 0;
    var wait = slots == 0 || taken.isEmpty() ? IDLE_WAIT : BUSY_WAIT;
    var words = new Question(host.id(), free, slots, wait);
    this.<Served>call(
        wait.plus(PATIENCE),
        (plane, answer) -> plane.poll(words, answer),
        served -> served(asked, served),
        () -> unanswered(asked));
  }

  private void served(long asked, Served served) {
    if (asked != question) {
      return;
    }
    failures = 0;
    switch (served) {
      case Served.NotRegistered() -> register();
      case Served.Given(var leases, var cancel) -> {
        runs.values().stream()
            .filter(run -> cancel.contains(run.id().job()))
            .toList()
            .forEach(run -> run.on(new Event.CancelAsked()));
        leases.forEach(this::granted);
        party.after(world.reaction(), this::ask);
      }
    }
  }

  private void unanswered(long asked) {
    if (asked == question) {
      pauseBefore(this::register);
    }
  }

  private void granted(Lease lease) {
    var id = new SandboxId(lease.job().id(), lease.fence());
    var older =
        runs.values().stream()
            .filter(run -> run.id().job().equals(id.job()))
            .filter(run -> run.id().fence().compareTo(id.fence()) < 0)
            .toList();
    var run = SimulatedRun.granted(lease, this, world);
    if (runs.putIfAbsent(id, run) == null) {
      older.forEach(one -> one.on(new Event.Lost("granted anew")));
      run.begin(Work.of(lease.job().spec()));
    }
  }

  private void pauseBefore(Runnable next) {
    askedForNothing = false;
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS));
    var paused = ++question;
    party.after(
        pause,
        () -> {
          if (paused == question) {
            next.run();
          }
        });
  }
}
