package dev.nimbus.controlplane.listen;

import dev.nimbus.controlplane.forge.Connections;
import dev.nimbus.controlplane.forge.ForgeFailure;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Listening;
import dev.nimbus.core.id.ConnectionId;
import dev.nimbus.service.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every queue of every connection has one listener, with the connection as it is
 * now. One that fails is tried again, and holds up no other. Thread-safe.
 */
public final class QueueListeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueListeners.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  private final Connections connections;
  private final Desk desk;
  private final ThreadFactory threads;
  private final InstantSource time;
  private final Map<Key, Listener> listeners = new HashMap<>();
  private boolean closed;

  /**
   * Listens to nothing yet.
   *
   * @param threads makes one for each queue, where its forge is waited for
   */
  public QueueListeners(
      Connections connections, Desk desk, ThreadFactory threads, InstantSource time) {
    this.connections = connections;
    this.desk = desk;
    this.threads = threads;
    this.time = time;
  }

  /**
   * Begins to listen where nobody does, and ends what is not wanted any more. Whoever follows a
   * listener begins when that one has ended: two would take the queue's session from each other.
   * Repeatable.
   */
  public synchronized void step() {
    if (closed) {
      return;
    }
    var wanted = wanted();
    end(wanted);
    wanted.forEach((key, what) -> listeners.computeIfAbsent(key, _ -> begin(key.queue(), what)));
  }

  @Override
  public void close() {
    List<Thread> listening;
    synchronized (this) {
      closed = true;
      listening = listeners.values().stream().map(Listener::thread).toList();
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

  private Map<Key, Wanted> wanted() {
    var wanted = new HashMap<Key, Wanted>();
    for (var connection : connections.all()) {
      if (connections.usable(connection).orElse(null) instanceof Listening forge) {
        for (var queue : forge.queues()) {
          wanted.put(new Key(connection.id(), queue), new Wanted(connection, forge));
        }
      }
    }
    return wanted;
  }

  /** Ends those not wanted; where one takes its time, a later step is soon enough to go on. */
  private void end(Map<Key, Wanted> wanted) {
    listeners.forEach(
        (key, listener) -> {
          var what = wanted.get(key);
          if (what == null || what.connection().revision() != listener.revision()) {
            listener.thread().interrupt();
          }
        });
    listeners.values().removeIf(listener -> !listener.thread().isAlive());
  }

  private Listener begin(String queue, Wanted what) {
    var thread = threads.newThread(() -> listen(queue, what));
    thread.setName("queue-" + what.connection().name() + "-" + queue);
    thread.start();
    return new Listener(what.connection().revision(), thread);
  }

  private void listen(String queue, Wanted what) {
    try (var listener = desk.listener(what.connection(), queue, what.forge())) {
      while (!Thread.currentThread().isInterrupted()) {
        SystemTime.sleepUntil(step(listener, queue, what.connection()), time);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Instant step(QueueListener listener, String queue, Connection connection) {
    try {
      return listener.step();
    } catch (RuntimeException e) { // Whatever broke, the queue must be listened to.
      ForgeFailure.line(LOG, connection, e)
          .addKeyValue("queue", queue)
          .log("Cannot listen to a queue of a forge, trying again soon");
      return time.instant().plus(AFTER_FAILURE);
    }
  }

  /** A queue, whatever became of its connection. */
  private record Key(ConnectionId connection, String queue) {}

  private record Wanted(Connection connection, Listening forge) {}

  /**
   * Who listens.
   *
   * @param revision of the connection it listens with
   */
  private record Listener(long revision, Thread thread) {}
}
