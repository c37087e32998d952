package dev.nimbus.e2e.simulation;

import dev.nimbus.core.id.JobId;
import dev.nimbus.hostagent.lease.Rules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges what runs where: no sandbox outlives its lease, and no job runs twice without excuse. */
final class Sandboxes {
  /** From the moment an agent may know to the moment a sandbox is gone. */
  private static final Duration REACTION = SimulatedHost.LONGEST_KILL.plus(Duration.ofMillis(150));

  private final World world;
  private final List<SimulatedHost> hosts;
  private final Ledger ledger;

  Sandboxes(World world, List<SimulatedHost> hosts, Ledger ledger) {
    this.world = world;
    this.hosts = hosts;
    this.ledger = ledger;
  }

  void judge() {
    var running = new HashMap<JobId, Placed>();
    for (var host : hosts) {
      for (var sandbox : host.sandboxes()) {
        if (sandbox.alive()) {
          judge(host, sandbox);
          together(running, new Placed(host, sandbox));
        }
      }
    }
  }

  private record Placed(SimulatedHost host, SimulatedSandbox sandbox) {}

  private void judge(SimulatedHost host, SimulatedSandbox sandbox) {
    if (!host.agent().party().awake()
        || !(sandbox.state() instanceof SimulatedSandbox.State.Alive(var since))) {
      return;
    }
    var now = host.clock().monotonic();
    BrokenPromise.unless(
        now.compareTo(sandbox.mayLiveUntil()) <= 0 || now.compareTo(excused(host, since)) <= 0,
        "Sandbox %s on %s is alive at %s, its lease could end at %s",
        sandbox.id(),
        host.name(),
        now,
        sandbox.mayLiveUntil());
  }

  /** Until when an agent may not have had the time to kill a sandbox. */
  private static Duration excused(SimulatedHost host, Duration upSince) {
    var asking = Rules.DEFAULT.adoptionGrace();
    return List.of(upSince, host.wentOnAt(), host.agent().startedAt().plus(asking)).stream()
        .max(Duration::compareTo)
        .orElseThrow()
        .plus(REACTION);
  }

  private void together(Map<JobId, Placed> running, Placed one) {
    var other = running.put(one.sandbox.id().job(), one);
    if (other == null) {
      return;
    }
    var id = one.sandbox.id();
    BrokenPromise.unless(!id.equals(other.sandbox.id()), "%s runs twice", id);
    var older = id.fence().compareTo(other.sandbox.id().fence()) < 0 ? one : other;
    world.trace().tally().count("ran beside a newer lease");
    BrokenPromise.unless(
        older.sandbox.id().fence().compareTo(ledger.newest(id.job())) < 0,
        "%s is not the only one of its job",
        older.sandbox.id());
    BrokenPromise.unless(
        !world.conditions().mild() || older.sandbox.unattended() || justUp(older),
        "Job %s runs on %s and %s at once",
        id.job(),
        one.host.name(),
        other.host.name());
  }

  private static boolean justUp(Placed older) {
    return older.sandbox.state() instanceof SimulatedSandbox.State.Alive(var since)
        && older.host.clock().monotonic().minus(since).compareTo(REACTION) < 0;
  }
}
