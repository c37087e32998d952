package dev.nimbus.controlplane.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.listen.QueueListener.Place;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
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
      assertThat(threads).hasSize(1);
      seats.kept().release(2);
      threads.getFirst().join();
      listeners.step();
      listeners.step();

      assertThat(threads).hasSize(2);
    }
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  private QueueListeners listeners(Seats seats, InstantSource time) {
    var plane = ground.plane;
    var desk = new Desk(plane.storage, plane.intake, seats, "nimbus of this test", time);
    return new QueueListeners(plane.connections, desk, this::thread, time);
  }

  private Thread thread(Runnable work) {
    var thread = Thread.ofVirtual().unstarted(work);
    threads.add(thread);
    return thread;
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
