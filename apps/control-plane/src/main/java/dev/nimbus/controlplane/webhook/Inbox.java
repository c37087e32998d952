package dev.nimbus.controlplane.webhook;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.Event;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.Heard;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.id.Repository;
import java.util.List;
import java.util.Optional;

/**
 * Where deliveries arrive. One that is answered is durable: it and its effect are one commit. Which
 * connection it is for is said by the address, or else by whose secret signed it.
 */
public final class Inbox {
  private static final int MOST_TRIED = 100;

  private final Connections connections;
  private final ForgeIntake intake;
  private final Inquiry inquiry;
  private final Hints hints;

  /**
   * An inbox.
   *
   * @param inquiry asked about jobs of which too little is said
   * @param hints told when a forge should be asked soon what waits
   */
  public Inbox(Connections connections, ForgeIntake intake, Inquiry inquiry, Hints hints) {
    this.connections = connections;
    this.intake = intake;
    this.inquiry = inquiry;
    this.hints = hints;
  }

  /** Takes a delivery; one that cannot be believed is {@link Taken.Distrusted}. */
  public Taken receive(ForgeKind kind, Optional<String> named, Delivery delivery) {
    var distrusted = new Taken.Distrusted("no connection of this forge has this address");
    for (var connection : candidates(kind, named)) {
      var forge = connections.usable(connection);
      if (forge.isEmpty()) {
        continue; // What it cannot be believed by may be another's.
      }
      var heard = forge.get().parse(delivery);
      if (heard.event() instanceof Event.Rejected(var why)) {
        distrusted = new Taken.Distrusted(why);
      } else {
        return believed(connection, heard);
      }
    }
    return distrusted;
  }

  private Taken believed(Connection connection, Heard heard) {
    var taken = intake.take(connection, heard.deliveryId(), heard.event());
    switch (taken) {
      case Taken.Unsure(var job) -> inquiry.ask(connection, job);
      case Taken.Noted _ when heard.event() instanceof Event.LookAt(var repository) ->
          hints.soon(connection, repository);
      default -> {}
    }
    return taken;
  }

  private List<Connection> candidates(ForgeKind kind, Optional<String> named) {
    return named.map(id -> identified(id).stream().toList()).orElseGet(connections::all).stream()
        .filter(connection -> connection.kind() == kind)
        .limit(MOST_TRIED)
        .toList();
  }

  private Optional<Connection> identified(String id) {
    try {
      return connections.find(new ConnectionId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Told where something may wait. */
  @FunctionalInterface
  public interface Hints {
    void soon(Connection connection, Repository repository);
  }
}
