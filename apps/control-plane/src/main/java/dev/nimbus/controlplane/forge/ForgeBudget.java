package dev.nimbus.controlplane.forge;

import dev.nimbus.core.forge.Metered;
import dev.nimbus.service.metrics.Gauge;
import dev.nimbus.service.metrics.Metrics;

/** Shows how many calls forges still allow, as far as they say it. */
public final class ForgeBudget {
  private final Connections connections;
  private final Gauge remaining;

  public ForgeBudget(Connections connections, Metrics metrics) {
    this.connections = connections;
    this.remaining =
        metrics.gauge(
            "nimbus_forge_budget_remaining",
            "Calls a forge still allows, over all credentials of a connection",
            "org",
            "connection",
            "bucket");
  }

  /** Looks at every connection; calls no forge. */
  public void step() {
    for (var connection : connections.all()) {
      if (connections.usable(connection).orElse(null) instanceof Metered metered) {
        metered
            .callsLeft()
            .forEach(
                (bucket, left) ->
                    remaining.set(
                        left, connection.org().value(), connection.name().value(), bucket));
      }
    }
  }
}
