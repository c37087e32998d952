package dev.nimbus.controlplane.webhook;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The connections a delivery may be for when its address does not say. Kept for a moment, so that a
 * stranger cannot make us read all of them again and again; what another control plane was told of
 * is known after that moment. Thread-safe.
 */
final class Candidates {
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final Connections connections;
  private final InstantSource time;
  private volatile Known known = new Known(-1, Instant.MIN, List.of());

  Candidates(Connections connections, InstantSource time) {
    this.connections = connections;
    this.time = time;
  }

  List<Connection> of(ForgeKind kind) {
    return fresh().all().stream().filter(connection -> connection.kind() == kind).toList();
  }

  private Known fresh() {
    var was = known;
    var now = time.instant();
    var changes = connections.changes();
    if (was.changes() == changes && now.isBefore(was.until())) {
      return was;
    }
    var read = new Known(changes, now.plus(KEPT), connections.all());
    known = read;
    return read;
  }

  private record Known(long changes, Instant until, List<Connection> all) {}
}
