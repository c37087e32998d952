package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a forge what waits, because webhooks are only hints: jobs no webhook told of are admitted,
 * jobs that are over are closed, runners whose sandbox is gone are forgotten at their forge, lost
 * webhooks are sent again, and what we gave up is told. A job or runner that fails holds up no
 * other. Safe to repeat at any time.
 */
public final class ForgeRepair {
  private static final int BATCH = 200;

  private final Storage storage;
  private final Connections connections;
  private final ForgeIntake intake;
  private final Settling settling;
  private final Retiring retiring;
  private final Redelivery redelivery;
  private final GivingUp givingUp;
  private final EachAlone<ForgeJob> taking = new EachAlone<>("take a job", ForgeJob::key);

  public ForgeRepair(
      Storage storage,
      Connections connections,
      ForgeIntake intake,
      GivingUp givingUp,
      InstantSource time) {
    this.storage = storage;
    this.connections = connections;
    this.intake = intake;
    this.settling = new Settling(storage.forges(), intake, time);
    this.retiring = new Retiring(storage.forges());
    this.redelivery = new Redelivery(time);
    this.givingUp = givingUp;
  }

  /** Asks for everything of a connection, and returns when all of it is put right. */
  public void all(Connection connection) {
    var forge = connections.forge(connection);
    settling.step(connection, forge, take(connection, forge, Optional.empty()));
    serveAgain(connection, forge);
    retiring.step(connection, forge);
    givingUp.callOff(connection);
    givingUp.tell(connection, forge);
    redelivery.step(connection, forge);
    forget();
  }

  /** Asks what waits in one repository. */
  void look(Connection connection, Repository repository) {
    take(connection, connections.forge(connection), Optional.of(repository));
  }

  private Set<ForgeJobKey> take(
      Connection connection, Forge forge, Optional<Repository> repository) {
    var waiting = forge.waiting(repository);
    taking.each(connection, waiting, job -> intake.take(connection, "", new Event.JobQueued(job)));
    return waiting.stream().map(ForgeJob::key).collect(Collectors.toSet());
  }

  /** Jobs whose runner took another one. Whoever listens to its queue asks about it first. */
  private void serveAgain(Connection connection, Forge forge) {
    var queues = forge instanceof Listening listening ? listening.queues() : List.<String>of();
    var unserved =
        storage.forges().unserved(connection.org(), connection.id(), BATCH).stream()
            .filter(job -> !queues.contains(job.handle()))
            .toList();
    taking.each(connection, unserved, job -> intake.take(connection, "", new Event.JobQueued(job)));
  }

  /** Remembers nothing of connections that are gone. */
  private void forget() {
    var known = connections.all().stream().map(Connection::id).collect(Collectors.toSet());
    taking.keep(known);
    settling.keep(known);
    retiring.keep(known);
    givingUp.keep(known);
    redelivery.keep(known);
  }
}
