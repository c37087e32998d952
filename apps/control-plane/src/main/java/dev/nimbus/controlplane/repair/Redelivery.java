package dev.nimbus.controlplane.repair;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.Redelivering;
import dev.nimbus.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Has webhooks that did not arrive sent again, now and then, by forges that can. */
final class Redelivery {
  private static final Duration EVERY = Duration.ofMinutes(5);

  /** How long the forge that forgets soonest remembers its webhooks. */
  private static final Duration REMEMBERED = Duration.ofDays(3);

  /** One that was being sent when we asked last may have failed since. */
  private static final Duration AGAIN = Duration.ofMinutes(15);

  private static final int BATCH = 500;

  private final InstantSource time;
  private final Map<ConnectionId, Instant> asked = new ConcurrentHashMap<>();

  Redelivery(InstantSource time) {
    this.time = time;
  }

  void step(Connection connection, Forge forge) {
    var now = time.instant();
    var last = asked.get(connection.id());
    if (!(forge instanceof Redelivering redelivering)
        || (last != null && now.isBefore(last.plus(EVERY)))) {
      return;
    }
    redelivering.redeliver(last == null ? now.minus(REMEMBERED) : last.minus(AGAIN), BATCH);
    asked.put(connection.id(), now);
  }
}
