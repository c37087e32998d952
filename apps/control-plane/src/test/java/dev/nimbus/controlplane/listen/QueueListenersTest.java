package dev.nimbus.controlplane.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.listen.QueueListener.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who listens to a queue, and when. */
final class QueueListenersTest {
  private final QueueGround ground;
  private final List<Thread> threads = new ArrayList<>();

  QueueListenersTest(@TempDir Path folder) {
    ground = new QueueGround(folder);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void whoeverListensWithAChangedConnectionBeginsWhenTheLastOneHasEnded() throws Exception {
    var seats = new SlowSeats(new Semaphore(0), new Semaphore(0));
    try (var listeners = listeners(seats, ground.time)) {
      listeners.step();
      seats.taken().acquire();
      ground.plane.connections.apply(
          ForgePlane.with(ground.plane.connection, "labels", "another"), Map.of());

      listeners.step();
      listeners.step();
      var meanwhile = List.copyOf(threads);
      seats.kept().release(2);
      threads.getFirst().join();
      listeners.step();
      listeners.step();

      assertThat(meanwhile).hasSize(1);
      assertThat(threads).hasSize(2);
    }
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void aFaultOfOursIsNotTheEndOfAListener() throws Exception {
    var seats = new FaultySeats(new AtomicInteger());
    try (var listeners = listeners(seats, this::hurried)) {
      listeners.step();
      threads.getFirst().join();
    }

    assertThat(seats.asked()).hasValue(2);
  }

  /** No pause is one by this clock. */
  private Instant hurried() {
    ground.time.step(Duration.ofHours(1));
    return ground.time.instant();
  }

  private QueueListeners listeners(Seats seats, InstantSource time) {
    var plane = ground.plane;
    var lost = Duration.ofSeconds(90);
    var desk = new Desk(plane.storage, plane.intake, seats, "nimbus of this test", lost, time);
    return new QueueListeners(plane.connections, desk, this::thread, time);
  }

  private Thread thread(Runnable work) {
    var thread = Thread.ofVirtual().unstarted(work);
    threads.add(thread);
    return thread;
  }

  /** Fails as nobody expects; the second time it ends the listener. */
  private record FaultySeats(AtomicInteger asked) implements Seats {
    @Override
    public String last(Place place) {
      if (asked.incrementAndGet() == 2) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("A fault of ours");
    }

    @Override
    public void opened(Place place, String session) {}
  }

  /** Says that a session is to be kept, and takes its time to do it, whoever is in a hurry. */
  private record SlowSeats(Semaphore taken, Semaphore kept) implements Seats {
    @Override
    public String last(Place place) {
      return "";
    }

    @Override
    public void opened(Place place, String session) {
      taken.release();
      kept.acquireUninterruptibly();
    }
  }
}
