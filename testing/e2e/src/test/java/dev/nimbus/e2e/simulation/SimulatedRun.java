package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.lease.Ending;
import dev.nimbus.core.lease.GivingBack;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.lease.Renewal;
import dev.nimbus.hostagent.lease.Action;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.lease.Holding;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Report;
import dev.nimbus.hostagent.lease.Rules;
import dev.nimbus.hostagent.lease.Step;
import dev.nimbus.hostagent.sweep.HeldJob;
import dev.nimbus.hostagent.sweep.SavedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One job on a host: the real machine decides, this carries out. */
final class SimulatedRun {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Rules RULES = Rules.DEFAULT.startingWithin(Duration.ofSeconds(6));
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

  private final HeldJob job;
  private final SimulatedAgent agent;
  private final SimulatedHost host;
  private final World world;
  private LeaseKeeping keeping;
  private long ticks;
  private boolean forgotten;

  private SimulatedRun(HeldJob job, LeaseKeeping keeping, SimulatedAgent agent, World world) {
    this.job = job;
    this.agent = agent;
    this.host = agent.host();
    this.world = world;
    this.keeping = keeping;
  }

  static SimulatedRun granted(Lease lease, SimulatedAgent agent, World world) {
    var wanted = lease.job().requirements().size();
    var holding =
        new Holding(
            new SandboxId(lease.job().id(), lease.fence()),
            Conditions.TTL,
            lease.job().spec().timeout(),
            wanted.memoryBytes(),
            world.chance().fraction());
    var held = new HeldJob(holding, wanted, "", List.of(), false, Instant.EPOCH);
    var step = LeaseKeeping.granted(holding, RULES, agent.now());
    return new SimulatedRun(held, step.next(), agent, world);
  }

  static SimulatedRun saved(SavedJob saved, SimulatedAgent agent, World world) {
    var keeping = saved.keeping(RULES, agent.clocks());
    return new SimulatedRun(saved.job(), keeping, agent, world);
  }

  SandboxId id() {
    return job.id();
  }

  Size size() {
    return job.size();
  }

  boolean alive() {
    return keeping.stage().alive();
  }

  boolean over() {
    return keeping.stage().over();
  }

  void begin(Work work) {
    save();
    planTick();
    var up = agent.party().now(() -> on(new Event.Started()));
    var failed = agent.party().now(() -> on(new Event.StartFailed("it would not start", true)));
    host.start(
        id(),
        work,
        new SimulatedHost.SandboxWatch() {
          @Override
          public void up() {
            up.run();
          }

          @Override
          public void failed() {
            failed.run();
          }
        });
  }

  /** Goes on after the agent died. */
  void resume() {
    var found = host.find(id()).filter(sandbox -> !starting(sandbox)).isPresent();
    world.trace().tally().count(found ? "adopted" : "not found again");
    if (!found) {
      host.close(id());
    }
    take(keeping.resumed(found, agent.now()));
    reportExit();
  }

  /** Says that the sandbox ended, if it did. */
  void reportExit() {
    host.find(id())
        .map(SimulatedSandbox::state)
        .ifPresent(
            state -> {
              if (state instanceof SimulatedSandbox.State.Ended(var exit, _, _)) {
                on(new Event.Exited(exit));
              }
            });
  }

  void on(Event event) {
    if (!(event instanceof Event.Tick)) {
      world.trace().add(host.name(), id() + " " + event);
    }
    take(agent.judgement().on(keeping, event, agent.now()));
  }

  private void take(Step step) {
    var before = keeping;
    keeping = step.next();
    if (!before.stage().equals(keeping.stage()) || !before.grip().equals(keeping.grip())) {
      save();
    }
    step.actions().forEach(this::carryOut);
    planTick();
    if (before.stage().alive() && !keeping.stage().alive()) {
      agent.freed();
    }
  }

  private void carryOut(Action action) {
    world.trace().add(host.name(), id() + " -> " + action);
    switch (action) {
      case Action.StartSandbox() -> {} // Done by begin, which knows what to start.
      case Action.AbandonStart() -> abandonStart();
      case Action.SendRenew renew -> ask(renew);
      case Action.Stop stop -> stop(stop);
      case Action.Drain _ ->
          agent.party().after(world.chance().upTo(LONGEST_DRAIN), () -> on(new Event.Drained()));
      case Action.SendFinish(var report) -> tell(report);
      case Action.Release() ->
          agent.party().after(world.chance().upTo(LONGEST_DRAIN), this::forget);
      case Action.Discard() -> forget();
    }
  }

  private void abandonStart() {
    world.trace().tally().count("start abandoned");
    host.close(id());
  }

  private void stop(Action.Stop stop) {
    world.trace().tally().count("stop " + stop.why());
    if (stop.grace().isZero()) {
      host.kill(id());
    } else {
      agent.party().after(world.chance().upTo(stop.grace()), () -> host.kill(id()));
    }
  }

  private void ask(Action.SendRenew renew) {
    agent.<Renewal>call(
        (plane, answer) ->
            plane.handle(
                (storage, now) ->
                    renew.started()
                        ? storage.leases().started(host.id(), id(), now)
                        : storage.leases().renew(host.id(), id(), now),
                answer),
        answer -> on(heard(renew, answer)),
        () -> on(new Event.Unreachable()));
  }

  private Event heard(Action.SendRenew renew, Renewal answer) {
    return switch (answer) {
      case Renewal.Lost(var why) -> new Event.Lost(why);
      case Renewal.Renewed(_, var cancelling) -> {
        var from = agent.startedAt().plus(renew.sentAt());
        host.find(id()).ifPresent(box -> box.mayLiveUntil(from.plus(Conditions.TTL)));
        yield new Event.Renewed(renew.sentAt(), renew.started(), Conditions.TTL, cancelling);
      }
    };
  }

  private void tell(Report report) {
    agent.<Ending>call(
        (plane, answer) ->
            plane.handle((storage, now) -> end(storage.leases(), report, now), answer),
        answer ->
            on(
                switch (answer) {
                  case Ending.Recorded(), Ending.AlreadyRecorded() -> new Event.FinishRecorded();
                  case Ending.Stale _, Ending.Unknown() -> new Event.FinishStale();
                }),
        () -> on(new Event.FinishUnanswered()));
  }

  private Ending end(JudgedLeases leases, Report report, Instant now) {
    return switch (report) {
      case Report.Finished(var outcome) -> leases.finish(host.id(), id(), outcome, now);
      case Report.GivenBack(var why, var counts) ->
          leases.giveBack(host.id(), id(), leases.giving(why, counts), now);
      case Report.Postponed(var why) ->
          leases.giveBack(host.id(), id(), new GivingBack.Postponed(why, Duration.ZERO), now);
    };
  }

  private void save() {
    if (!forgotten) {
      host.disk().put(id(), SavedJob.of(job, keeping, agent.clocks()));
    }
  }

  private void forget() {
    forgotten = true;
    agent.forget(id());
  }

  private void planTick() {
    var planned = ++ticks;
    if (keeping.stage().over() || keeping.wakeAt().compareTo(Duration.ofDays(1)) > 0) {
      return;
    }
    var due = host.clock().truly(keeping.wakeAt().minus(agent.now()));
    var late = world.chance().between(TICK.dividedBy(10), TICK);
    agent
        .party()
        .after(
            due.isNegative() ? late : due.plus(late),
            () -> {
              if (planned == ticks) {
                on(new Event.Tick());
              }
            });
  }

  private static boolean starting(SimulatedSandbox sandbox) {
    return sandbox.state() instanceof SimulatedSandbox.State.Starting;
  }
}
