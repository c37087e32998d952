package dev.nimbus.controlplane.repair;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a forge what waits, because webhooks are only hints: jobs no webhook told of are admitted,
 * jobs that are over are closed, runners whose sandbox is gone are forgotten at their forge, lost
 * webhooks are sent again, and what we gave up is told. Safe to repeat at any time.
 */
public final class ForgeRepair {
  private static final int BATCH = 200;
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private final Storage storage;
  private final Connections connections;
  private final ForgeIntake intake;
  private final Redelivery redelivery;
  private final GivingUp givingUp;
  private final InstantSource time;

  public ForgeRepair(
      Storage storage,
      Connections connections,
      ForgeIntake intake,
      GivingUp givingUp,
      InstantSource time) {
    this.storage = storage;
    this.connections = connections;
    this.intake = intake;
    this.redelivery = new Redelivery(time);
    this.givingUp = givingUp;
    this.time = time;
  }

  /** Asks for everything of a connection, and returns when all of it is put right. */
  public void all(Connection connection) {
    var forge = connections.forge(connection);
    var heard = take(connection, forge, Optional.empty());
    var open = storage.forges().open(connection.org(), connection.id(), BATCH);
    settle(connection, forge, open, heard);
    serveAgain(connection, forge);
    retire(connection, forge);
    givingUp.callOff(connection);
    givingUp.tell(connection, forge);
    redelivery.step(connection, forge);
  }

  /** Asks what waits in one repository. */
  void look(Connection connection, Repository repository) {
    take(connection, connections.forge(connection), Optional.of(repository));
  }

  private Set<ForgeJobKey> take(
      Connection connection, Forge forge, Optional<Repository> repository) {
    var heard = new HashSet<ForgeJobKey>();
    for (var job : forge.waiting(repository)) {
      heard.add(job.key());
      intake.take(connection, "", new Event.JobQueued(job));
    }
    return heard;
  }

  /** Jobs we think wait, and the forge does not list: it says what became of them. */
  private void settle(
      Connection connection, Forge forge, List<Served> open, Set<ForgeJobKey> heard) {
    var settled = time.instant().minus(SETTLED);
    for (var served : open) {
      if (!heard.contains(served.job().key()) && served.changedAt().isBefore(settled)) {
        ask(connection, forge, served);
      }
    }
  }

  private void ask(Connection connection, Forge forge, Served served) {
    var job = served.job();
    var now =
        forge
            .ask(job.key(), job.repository())
            .orElse(new Event.JobFinished(job.key(), job.repository(), "", "unknown"));
    intake.take(connection, "", now);
  }

  /** Jobs whose runner took another one. */
  private void serveAgain(Connection connection, Forge forge) {
    var queues = forge instanceof Listening listening ? listening.queues() : List.<String>of();
    for (var job : storage.forges().unserved(connection.org(), connection.id(), BATCH)) {
      if (queues.contains(job.handle())) {
        continue; // Whoever listens to its queue asks about it first.
      }
      intake.take(connection, "", new Event.JobQueued(job));
    }
  }

  private void retire(Connection connection, Forge forge) {
    for (var left : storage.forges().leftOver(connection.org(), connection.id(), BATCH)) {
      if (forge.unregister(left.runner(), left.repository()) == Forge.Retired.GONE) {
        storage.forges().retired(connection.org(), connection.id(), left.runner());
      }
    }
  }
}
