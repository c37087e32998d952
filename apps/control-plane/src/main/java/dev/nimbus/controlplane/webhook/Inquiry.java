package dev.nimbus.controlplane.webhook;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.forge.ForgeFailure;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.ConnectionId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks forges about jobs whose webhook says too little for policy to decide. A job that cannot be
 * asked about now is found by the rounds, which ask for all that waits. Thread-safe.
 */
public final class Inquiry {
  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
  private static final int MOST = 10_000;

  private final Connections connections;
  private final ForgeIntake intake;
  private final Consumer<Connection> look;
  private final Executor threads;
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Set<ConnectionId> failing = ConcurrentHashMap.newKeySet();
  private final Set<ConnectionId> refusing = ConcurrentHashMap.newKeySet();

  /**
   * Asks nothing yet.
   *
   * @param look told when a connection is to be asked for everything instead
   * @param threads where a forge is waited for
   */
  public Inquiry(
      Connections connections, ForgeIntake intake, Consumer<Connection> look, Executor threads) {
    this.connections = connections;
    this.intake = intake;
    this.look = look;
    this.threads = threads;
  }

  /** Asks about a job without waiting for the answer, which the intake is given. */
  public void ask(Connection connection, ForgeJob job) {
    var question = connection.id() + " " + job.key();
    if (open.size() >= MOST) {
      look.accept(connection);
    } else if (open.add(question)) {
      threads.execute(() -> answer(question, connection, job));
    }
  }

  private void answer(String question, Connection connection, ForgeJob job) {
    try {
      heard(connection, job).ifPresent(event -> take(connection, job, event));
    } finally {
      open.remove(question);
    }
  }

  /** What the forge says of a job; nothing when it cannot be asked. */
  private Optional<Event> heard(Connection connection, ForgeJob job) {
    try {
      var event = connections.forge(connection).ask(job.key(), job.repository());
      failing.remove(connection.id());
      return event;
    } catch (RuntimeException e) { // Whatever broke, the job must be found.
      if (failing.add(connection.id())) {
        ForgeFailure.line(LOG, connection, e)
            .addKeyValue("job", job.key())
            .log("Cannot ask a forge about jobs; it is asked for all that waits instead");
      }
      look.accept(connection);
      return Optional.empty();
    }
  }

  /** What cannot be taken now is no fault of the forge, which the rounds ask again anyway. */
  private void take(Connection connection, ForgeJob job, Event event) {
    try {
      intake.take(connection, "", event);
      refusing.remove(connection.id());
    } catch (RuntimeException e) { // Whatever broke, the rounds bring the job again.
      if (refusing.add(connection.id())) {
        ForgeFailure.line(LOG, connection, e)
            .addKeyValue("job", job.key())
            .log("Cannot take jobs a forge told of; they wait there");
      }
    }
  }
}
