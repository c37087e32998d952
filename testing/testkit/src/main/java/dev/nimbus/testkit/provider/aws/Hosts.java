package dev.nimbus.testkit.provider.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Dedicated hosts as EC2 has them for Macs: with one machine at most, which is told. */
final class Hosts {
  private final Map<String, String> machines = new HashMap<>();

  /** Runs a machine on a host, where that is free. */
  synchronized Said run(Asked asked, Supplier<Said> moto) {
    var host = asked.field("Placement.HostId");
    if (host.isEmpty()) {
      return moto.get();
    }
    if (machines.containsKey(host)) {
      return Said.error(400, "InsufficientCapacityOnHost", "There is not enough capacity on host");
    }
    var said = moto.get();
    said.instances().forEach(id -> machines.put(host, id));
    return said;
  }

  synchronized void ended(String instance) {
    machines.values().remove(instance);
  }

  /** The list of hosts, with what is on them. */
  synchronized Said described(Said said) {
    var body = said.body();
    for (var used : machines.entrySet()) {
      var host = "<hostId>" + used.getKey() + "</hostId>";
      body =
          body.replace(
              host,
              "%s<instances><item><instanceId>%s</instanceId></item></instances>"
                  .formatted(host, used.getValue()));
    }
    return new Said(said.status(), body);
  }
}
