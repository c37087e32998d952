package dev.nimbus.e2e.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The way to the control planes: every call goes to any of them. */
final class Uplink {
  private final World world;
  private final Network network;
  private final List<SimulatedControlPlane> planes;

  Uplink(World world, Network network, List<SimulatedControlPlane> planes) {
    this.world = world;
    this.network = network;
    this.planes = planes;
  }

  /** What is asked of the control plane that the call reaches. */
  interface Asking<R> {
    void of(SimulatedControlPlane plane, Consumer<R> answer);
  }

  <R> void call(Party from, Duration patience, Asking<R> asking, Network.Answered<R> answered) {
    var plane = world.chance().pick(planes);
    network.call(
        new Network.Caller(from, patience),
        plane.party(),
        answer -> asking.of(plane, answer),
        answered);
  }
}
