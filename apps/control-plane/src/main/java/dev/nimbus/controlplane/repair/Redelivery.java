package dev.nimbus.controlplane.repair;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.Redelivering;
import dev.nimbus.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
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
  private final Map<ConnectionId, Window> windows = new ConcurrentHashMap<>();

  Redelivery(InstantSource time) {
    this.time = time;
  }

  /** Has them sent again when it is time to. Where there are more than that, the rest follows. */
  void step(Connection connection, Forge forge) {
    var now = time.instant();
    var window = windows.getOrDefault(connection.id(), Window.beginning(now));
    if (!(forge instanceof Redelivering redelivering) || now.isBefore(window.asked().plus(EVERY))) {
      return;
    }
    var sent = redelivering.redeliver(window.since(), BATCH);
    var since = sent < BATCH ? now.minus(AGAIN) : window.since();
    windows.put(connection.id(), new Window(since, now));
  }

  /** Remembers nothing of other connections than these. */
  void keep(Collection<ConnectionId> connections) {
    windows.keySet().retainAll(connections);
  }

  /**
   * What is asked about next.
   *
   * @param since when webhooks were sent of which it is not known that they arrived
   * @param asked when the forge was asked last
   */
  private record Window(Instant since, Instant asked) {
    static Window beginning(Instant now) {
      return new Window(now.minus(REMEMBERED), Instant.EPOCH);
    }
  }
}
