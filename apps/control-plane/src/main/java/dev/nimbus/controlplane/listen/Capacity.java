package dev.nimbus.controlplane.listen;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.storage.HostStore;
import java.util.function.IntSupplier;

/**
 * How many jobs of a connection's forge the hosts of its tenant can run at once: what a queue is
 * asked for. One at least, so that it can be seen why a job waits.
 */
record Capacity(HostStore hosts, Connection connection) implements IntSupplier {
  @Override
  public int getAsInt() {
    var label = connection.kind().label();
    var slots =
        hosts.list(connection.org()).stream()
            .filter(host -> host.labels().values().contains(label))
            .mapToInt(Host::slots)
            .sum();
    return Math.max(1, slots);
  }
}
