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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Where deliveries arrive. One that is answered is durable: it and its effect are one commit. Which
 * connection it is for is said by the address, or else by whose secret signed it.
 */
public final class Inbox {
  private static final int MOST_TRIED = 100;

  /** How much is hashed at most to find out who signed one delivery. */
  private static final int MOST_HASHED = 16 << 20;

  private final Connections connections;
  private final Candidates candidates;
  private final ForgeIntake intake;
  private final Inquiry inquiry;
  private final Hints hints;

  /**
   * An inbox.
   *
   * @param inquiry asked about jobs of which too little is said
   * @param hints told when a forge should be asked soon what waits
   */
  public Inbox(
      Connections connections,
      ForgeIntake intake,
      Inquiry inquiry,
      Hints hints,
      InstantSource time) {
    this.connections = connections;
    this.candidates = new Candidates(connections, time);
    this.intake = intake;
    this.inquiry = inquiry;
    this.hints = hints;
  }

  /** The connection an address names, if there is one of this forge. */
  public Optional<Connection> named(ForgeKind kind, String id) {
    return identified(id).filter(connection -> connection.kind() == kind);
  }

  /** Takes a delivery to a connection's own address. */
  public Taken receive(Connection connection, Delivery delivery) {
    return tried(List.of(connection), delivery)
        .orElseGet(() -> new Taken.Distrusted("its connection cannot be used now"));
  }

  /** Takes a delivery that does not say whose it is. */
  public Taken receive(ForgeKind kind, Delivery delivery) {
    var all = candidates.of(kind);
    var most = Math.min(MOST_TRIED, MOST_HASHED / Math.max(1, delivery.body().length));
    var taken =
        tried(all.subList(0, Math.min(all.size(), most)), delivery)
            .orElseGet(() -> new Taken.Distrusted("there is no connection to this kind of forge"));
    return taken instanceof Taken.Distrusted && all.size() > most
        ? new Taken.Distrusted(
            ("none of the %d connections that were tried signed it, of %d; send it to the address"
                    + " 'nimbus forge show' names")
                .formatted(most, all.size()))
        : taken;
  }

  /**
   * Takes a delivery; one that cannot be believed is {@link Taken.Distrusted}.
   *
   * @return empty when none of the connections can be used
   */
  private Optional<Taken> tried(List<Connection> connections, Delivery delivery) {
    var distrusted = Optional.<Taken>empty();
    for (var connection : connections) {
      var forge = this.connections.usable(connection);
      if (forge.isEmpty()) {
        continue; // What it cannot be believed by may be another's.
      }
      var heard = forge.get().parse(delivery);
      if (!(heard.event() instanceof Event.Rejected(var why))) {
        return Optional.of(believed(connection, heard));
      }
      distrusted = Optional.of(new Taken.Distrusted(why));
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
