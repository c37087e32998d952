package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks forges what waits, because webhooks are only hints: jobs no webhook told of are admitted,
 * jobs that are over are closed, and runners whose sandbox is gone are forgotten at their forge.
 * One connection that fails does not hold up another.
 */
public final class ForgeRepair {
  private static final Logger LOG = LoggerFactory.getLogger(ForgeRepair.class);
  private static final int BATCH = 200;
  private static final Duration SETTLED = Duration.ofSeconds(30);
  private static final Duration KEEP_DELIVERIES = Duration.ofDays(14);
  private static final Duration WITH_WEBHOOKS = Duration.ofSeconds(60);
  private static final Duration BY_ASKING = Duration.ofSeconds(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  private final Storage storage;
  private final Connections connections;
  private final ForgeIntake intake;
  private final InstantSource time;
  private final Map<ConnectionId, Instant> due = new ConcurrentHashMap<>();
  private final Map<ConnectionId, Thread> asking = new ConcurrentHashMap<>();

  public ForgeRepair(
      Storage storage, Connections connections, ForgeIntake intake, InstantSource time) {
    this.storage = storage;
    this.connections = connections;
    this.intake = intake;
    this.time = time;
  }

  /** One pass: begins to ask each forge whose turn it is; safe to repeat at any time. */
  public void step() {
    var now = time.instant();
    storage.forges().forgetDeliveries(now.minus(KEEP_DELIVERIES), BATCH);
    for (var connection : connections.all()) {
      if (!due.getOrDefault(connection.id(), Instant.MIN).isAfter(now)) {
        asking.computeIfAbsent(connection.id(), id -> begin(id, connection));
      }
    }
  }

  /** Something may wait there: it is asked at the next pass. */
  public void soon(Connection connection) {
    due.remove(connection.id());
  }

  /** Asks one forge, now, and returns when it was. */
  public void repair(Connection connection) {
    var forge = connections.forge(connection);
    var waiting = forge.waiting(Optional.empty());
    var heard = new HashSet<String>();
    for (var job : waiting) {
      heard.add(job.key().toString());
      intake.take(connection, "", new Event.JobQueued(job));
    }
    settle(connection, forge, heard);
    retire(connection, forge);
  }

  private Thread begin(ConnectionId id, Connection connection) {
    return Thread.ofVirtual()
        .name("ask-" + connection.name())
        .start(
            () -> {
              try {
                repair(connection);
                due.put(id, time.instant().plus(interval(connection)));
              } catch (NimbusException e) {
                due.put(id, time.instant().plus(AFTER_FAILURE));
                LOG.atWarn()
                    .addKeyValue("connection", connection.name())
                    .addKeyValue("org", connection.org())
                    .addKeyValue("why", e.getMessage())
                    .log("Cannot ask a forge what waits");
              } finally {
                asking.remove(id);
              }
            });
  }

  /** Jobs we think wait, and the forge does not list: it says what became of them. */
  private void settle(Connection connection, Forge forge, Set<String> heard) {
    var open = storage.forges().open(connection.org(), connection.id(), BATCH);
    var settled = time.instant().minus(SETTLED);
    for (var served : open) {
      if (!heard.contains(served.job().key().toString()) && served.changedAt().isBefore(settled)) {
        ask(connection, forge, served);
      }
    }
  }

  private void ask(Connection connection, Forge forge, Served served) {
    ForgeJob job = served.job();
    var now =
        forge
            .ask(job.key(), job.repository())
            .orElse(new Event.JobFinished(job.key(), job.repository(), "", "unknown"));
    if (!(now instanceof Event.JobQueued)) {
      intake.take(connection, "", now);
    }
  }

  private void retire(Connection connection, Forge forge) {
    for (var left : storage.forges().leftOver(connection.org(), connection.id(), BATCH)) {
      if (forge.unregister(left.runner(), left.repository()) == Forge.Retired.GONE) {
        storage.forges().retired(connection.org(), connection.id(), left.runner());
      }
    }
  }

  private static Duration interval(Connection connection) {
    return connection.kind() == ForgeKind.FORGEJO ? BY_ASKING : WITH_WEBHOOKS;
  }
}
