package dev.nimbus.controlplane.webhook;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.forge.ForgeFailure;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.ConnectionId;
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

  private void failed(Connection connection, ForgeJob job, RuntimeException e) {
    if (failing.add(connection.id())) {
      ForgeFailure.line(LOG, connection, e)
          .addKeyValue("job", job.key())
          .log("Cannot ask a forge about jobs; it is asked for all that waits instead");
    }
  }

  private void answer(String question, Connection connection, ForgeJob job) {
    try {
      connections
          .forge(connection)
          .ask(job.key(), job.repository())
          .ifPresent(event -> intake.take(connection, "", event));
      failing.remove(connection.id());
    } catch (RuntimeException e) { // Whatever broke, the job must be found.
      failed(connection, job, e);
      look.accept(connection);
    } finally {
      open.remove(question);
    }
  }
}
