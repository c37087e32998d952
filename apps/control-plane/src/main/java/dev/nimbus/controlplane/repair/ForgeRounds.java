package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.forge.ForgeFailure;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.Metered;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.Repository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round the forges: each is asked for everything now and then, as often as what it allows
 * permits, and sooner where it hinted at something. One that fails or is slow holds up no other.
 * Thread-safe.
 */
public final class ForgeRounds {
  private static final Logger LOG = LoggerFactory.getLogger(ForgeRounds.class);
  private static final Duration WITH_WEBHOOKS = Duration.ofSeconds(60);
  private static final Duration BY_ASKING = Duration.ofSeconds(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final int MOST_HINTS = 100;

  private final Connections connections;
  private final ForgeRepair repair;
  private final Executor threads;
  private final InstantSource time;
  private final Map<ConnectionId, Round> rounds = new HashMap<>();

  /**
   * Asks nothing yet.
   *
   * @param threads where forges are waited for
   */
  public ForgeRounds(
      Connections connections, ForgeRepair repair, Executor threads, InstantSource time) {
    this.connections = connections;
    this.repair = repair;
    this.threads = threads;
    this.time = time;
  }

  /** Begins to ask each forge whose turn it is. */
  public void step() {
    var all = connections.all();
    synchronized (this) {
      var known = new HashSet<ConnectionId>();
      for (var connection : all) {
        known.add(connection.id());
        begin(connection);
      }
      rounds.entrySet().removeIf(e -> !known.contains(e.getKey()) && !e.getValue().asking);
    }
  }

  /** Something may wait at this forge. */
  public synchronized void soon(Connection connection) {
    round(connection).due = Instant.MIN;
    begin(connection);
  }

  /** Something may wait in this repository. */
  public synchronized void soon(Connection connection, Repository repository) {
    var round = round(connection);
    if (round.hints.size() < MOST_HINTS) {
      round.hints.add(repository);
    } else {
      round.due = Instant.MIN;
    }
    begin(connection);
  }

  private Round round(Connection connection) {
    return rounds.computeIfAbsent(connection.id(), _ -> new Round());
  }

  private void begin(Connection connection) {
    var round = round(connection);
    var now = time.instant();
    var all = !round.due.isAfter(now);
    if (round.asking || round.rest.isAfter(now)) {
      return;
    }
    if (all || !round.hints.isEmpty()) {
      var hints = Set.copyOf(round.hints);
      round.hints.clear();
      round.due = all ? Instant.MAX : round.due;
      round.asking = true;
      threads.execute(() -> ask(connection, round, all, hints));
    }
  }

  private void ask(Connection connection, Round round, boolean all, Set<Repository> hints) {
    var next = AFTER_FAILURE;
    var failed = true;
    try {
      if (all) {
        next = everything(connection);
      } else {
        hints.forEach(repository -> repair.look(connection, repository));
      }
      failed = false;
    } catch (RuntimeException e) { // Whatever broke, the next round must come.
      ForgeFailure.line(LOG, connection, e).log("Cannot ask a forge what waits");
    } finally {
      ended(round, all || failed, next);
    }
  }

  private Duration everything(Connection connection) {
    var before = left(connection);
    repair.all(connection);
    var usual = connection.kind() == ForgeKind.FORGEJO ? BY_ASKING : WITH_WEBHOOKS;
    var last = last(connection);
    return left(connection).entrySet().stream()
        .map(
            bucket -> {
              var cost = before.getOrDefault(bucket.getKey(), 0L) - bucket.getValue();
              return Pace.next(usual, cost, bucket.getValue(), last);
            })
        .reduce(usual, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  private Map<String, Long> left(Connection connection) {
    return connections.forge(connection) instanceof Metered metered
        ? metered.callsLeft()
        : Map.of();
  }

  private Duration last(Connection connection) {
    return connections.forge(connection) instanceof Metered metered
        ? metered.callsLast()
        : Duration.ZERO;
  }

  private synchronized void ended(Round round, boolean all, Duration next) {
    var now = time.instant();
    round.asking = false;
    round.rest = now.plus(REST);
    if (all && round.due.isAfter(now)) {
      round.due = now.plus(next);
    }
  }

  /** Where the asking of one forge stands. */
  private static final class Round {
    private final Set<Repository> hints = new HashSet<>();
    private Instant due = Instant.MIN;
    private Instant rest = Instant.MIN;
    private boolean asking;
  }
}
