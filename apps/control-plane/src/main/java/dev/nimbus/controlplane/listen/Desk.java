package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What every listener works with.
 *
 * @param owner what people see of us at the forge
 * @param hostLostAfter silence after which a host counts as dead
 */
public record Desk(
    Storage storage,
    ForgeIntake intake,
    Seats seats,
    String owner,
    Duration hostLostAfter,
    InstantSource time) {
  QueueListener listener(Connection connection, String queue, Listening forge) {
    return new QueueListener(
        new Place(connection, queue, owner),
        forge,
        intake,
        new Holdings(storage, time),
        seats,
        new Capacity(storage.hosts(), connection, hostLostAfter, time),
        time);
  }
}
