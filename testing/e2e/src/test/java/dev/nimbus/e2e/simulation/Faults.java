package dev.nimbus.e2e.simulation;

import java.time.Duration;
import java.util.List;

/** Crashes, kills and pauses things, until it is told to stop. */
final class Faults {
  private final World world;
  private final List<SimulatedControlPlane> planes;
  private final List<SimulatedHost> hosts;

  Faults(World world, List<SimulatedControlPlane> planes, List<SimulatedHost> hosts) {
    this.world = world;
    this.planes = planes;
    this.hosts = hosts;
  }

  void next() {
    var pause = world.chance().upTo(world.conditions().faultEvery().multipliedBy(2));
    world.timeline().after(pause, this::happen);
  }

  private void happen() {
    if (world.healing()) {
      return;
    }
    var chance = world.chance();
    if (chance.percent(35)) {
      ail(chance.pick(planes));
    } else {
      ail(chance.pick(hosts));
    }
    next();
  }

  private void ail(SimulatedControlPlane plane) {
    if (!plane.party().awake()) {
      return;
    }
    var chance = world.chance();
    if (chance.percent(70)) {
      plane.dieAfter(chance.between(0, 6));
    } else {
      world.trace().tally().count("control plane paused");
      plane.party().pause();
      var party = plane.party();
      world.timeline().after(chance.upTo(Conditions.TTL.multipliedBy(2)), party::goOn);
    }
  }

  private void ail(SimulatedHost host) {
    if (!host.machine().awake()) {
      return;
    }
    var chance = world.chance();
    var kind = chance.between(1, 100);
    if (kind <= 40) {
      host.killAgent();
    } else if (kind <= 75) {
      host.pause(chance.upTo(Conditions.TTL.multipliedBy(3)), chance.percent(50));
    } else if (kind <= 85) {
      host.crash(chance.percent(50));
    } else if (kind <= 92) {
      host.agent().stop();
    } else if (!world.conditions().mild()) {
      host.jumpClock(chance.around(Duration.ofSeconds(60)));
    }
  }
}
