package dev.nimbus.controlplane.listen;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.host.Host;
import dev.nimbus.core.storage.HostStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/**
 * How many jobs of a connection's forge the hosts of its tenant that are alive can run at once:
 * what a queue is asked for. One at least, so that it can be seen why a job waits.
 *
 * @param lostAfter silence after which a host counts as dead
 */
record Capacity(HostStore hosts, Connection connection, Duration lostAfter, InstantSource time)
    implements IntSupplier {
  @Override
  public int getAsInt() {
    var label = connection.kind().label();
    var dead = time.instant().minus(lostAfter);
    var slots =
        hosts.list(connection.org()).stream()
            .filter(host -> host.seenAt().isAfter(dead))
            .filter(host -> host.labels().values().contains(label))
            .mapToInt(Host::slots)
            .sum();
    return Math.max(1, slots);
  }
}
