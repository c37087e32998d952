package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.intake.ForgeIntake;
import dev.nimbus.controlplane.listen.QueueListener.Place;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.core.storage.Storage;
import dev.nimbus.service.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every queue of every connection has a listener of its own, with the connection as
 * it is now. One that fails is tried again, and holds up no other. Thread-safe.
 */
public final class QueueListeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueListeners.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  private final Connections connections;
  private final Storage storage;
  private final ForgeIntake intake;
  private final Seats seats;
  private final String owner;
  private final InstantSource time;
  private final Map<Key, Thread> threads = new HashMap<>();
  private boolean closed;

  /**
   * Listens to nothing yet.
   *
   * @param owner what people see of us at the forge
   */
  public QueueListeners(
      Connections connections,
      Storage storage,
      ForgeIntake intake,
      Seats seats,
      String owner,
      InstantSource time) {
    this.connections = connections;
    this.storage = storage;
    this.intake = intake;
    this.seats = seats;
    this.owner = owner;
    this.time = time;
  }

  /** Which queue of which state of a connection. */
  private record Key(ConnectionId connection, long revision, String queue) {}

  /** Begins to listen where nobody does, and ends what is not wanted any more. Repeatable. */
  public synchronized void step() {
    if (closed) {
      return;
    }
    var wanted = new HashMap<Key, Connection>();
    for (var connection : connections.all()) {
      queues(connection).forEach(queue -> wanted.put(key(connection, queue), connection));
    }
    end(wanted.keySet());
    wanted.forEach(
        (key, connection) -> threads.computeIfAbsent(key, _ -> begin(connection, key.queue())));
  }

  @Override
  public void close() {
    List<Thread> listening;
    synchronized (this) {
      closed = true;
      listening = List.copyOf(threads.values());
    }
    listening.forEach(Thread::interrupt);
    try {
      for (var thread : listening) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends those not wanted; where one takes its time, the next step is soon enough to go on. */
  private void end(Set<Key> wanted) {
    threads.forEach(
        (key, thread) -> {
          if (!wanted.contains(key)) {
            thread.interrupt();
          }
        });
    threads.values().removeIf(thread -> !thread.isAlive());
  }

  private Thread begin(Connection connection, String queue) {
    return Thread.ofVirtual()
        .name("queue-" + connection.name() + "-" + queue)
        .start(() -> listen(connection, queue));
  }

  private void listen(Connection connection, String queue) {
    if (!(connections.forge(connection) instanceof Listening forge)) {
      return;
    }
    var place = new Place(connection, queue, owner);
    var capacity = new Capacity(storage.hosts(), connection);
    var holdings = new Holdings(storage, time);
    try (var listener = new QueueListener(place, forge, intake, holdings, seats, capacity, time)) {
      while (!Thread.currentThread().isInterrupted()) {
        SystemTime.sleepUntil(step(listener, place), time);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Instant step(QueueListener listener, Place place) {
    try {
      return listener.step();
    } catch (NimbusException e) {
      LOG.atWarn()
          .addKeyValue("connection", place.connection().name())
          .addKeyValue("org", place.connection().org())
          .addKeyValue("queue", place.queue())
          .addKeyValue("why", e.getMessage())
          .log("Cannot listen to a queue of a forge, trying again soon");
      return time.instant().plus(AFTER_FAILURE);
    }
  }

  private List<String> queues(Connection connection) {
    return connections.usable(connection).orElse(null) instanceof Listening forge
        ? forge.queues()
        : List.of();
  }

  private static Key key(Connection connection, String queue) {
    return new Key(connection.id(), connection.revision(), queue);
  }
}
