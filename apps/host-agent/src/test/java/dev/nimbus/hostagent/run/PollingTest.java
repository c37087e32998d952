package dev.nimbus.hostagent.run;

import static dev.nimbus.hostagent.run.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Exit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PollingTest {
  @TempDir Path home;

  private World world;

  @BeforeEach
  void start() {
    world = new World(home).start();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aHostRegistersBeforeItAsksForWork() throws Exception {
    world.link.await(() -> !world.link.polls().isEmpty());

    assertThat(world.link.registrations()).hasSize(1);
    assertThat(world.polling().awaitConnected(Duration.ofDays(1))).isTrue();
    assertThat(world.link.polls().getFirst().slots()).isEqualTo(4);
  }

  @Test
  void aControlPlaneThatIsAwayIsAskedUntilItIsBackAndToldAnew() throws Exception {
    world.link.await(() -> !world.link.polls().isEmpty());
    world.link.away(true);
    world.passUntil(() -> !world.polling().connected());
    world.link.away(false);
    world.passUntil(() -> world.polling().connected());

    assertThat(world.link.registrations()).hasSize(2);
  }

  @Test
  void aFullHostAsksForNothingAndAsksAgainAtOnceWhenThereIsRoom() throws Exception {
    for (var i = 1; i <= 4; i++) {
      world.running("j-" + i, 1);
    }
    world.link.await(() -> world.link.polls().getLast().slots() == 0);
    world.link.queue(FakeLink.grant("j-5", 1));

    world.executor.box(id("j-2", 1)).exit(new Exit.Exited(0));

    world.executor.box(id("j-5", 1));
    assertThat(world.executor.specs()).hasSize(5);
  }

  @Test
  void aHostOffersWhatItsJobsLeave() throws Exception {
    world.link.queue(FakeLink.grant("j-1", 1, 3_000, 1L << 30, Duration.ofHours(1)));
    world.executor.box(id("j-1", 1));
    world.link.await(() -> world.link.polls().size() == 2);

    var offer = world.link.polls().getLast();
    assertThat(offer.freeMilliCpus()).isEqualTo(1_000);
    assertThat(offer.freeMemoryBytes()).isEqualTo(3L << 30);
    assertThat(offer.slots()).isEqualTo(3);
  }

  @Test
  void aFullHostStillHearsOfCancellations() throws Exception {
    for (var i = 1; i <= 4; i++) {
      world.running("j-" + i, 1);
    }
    world.link.await(() -> world.link.polls().getLast().slots() == 0);
    world.link.cancel("j-3");
    world.link.await(() -> !world.link.finishes(id("j-3", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-3", 1)).getFirst().ending()).isEqualTo("cancelled");
  }

  @Test
  void capacityIsNeverExceeded() throws Exception {
    var random = new Random(7);
    var jobs = 200;
    for (var i = 0; i < jobs; i++) {
      var cpus = 500 * (1 + random.nextInt(6));
      var memory = (1L << 28) * (1 + random.nextInt(12));
      world.link.queue(FakeLink.grant("j-" + i, 1, cpus, memory, Duration.ofHours(1)));
    }
    var done = new AtomicInteger();
    for (var i = 0; i < jobs; i++) {
      var box = world.executor.box(id("j-" + i, 1));
      checkRoom();
      if (random.nextInt(3) > 0 || world.jobs().room().slots() == 0) {
        endOne(done);
      }
      var next = id("j-" + (i + 1), 1);
      world.passUntil(
          () -> {
            if (world.executor.found().contains(next) || next.job().value().equals("j-" + jobs)) {
              return true;
            }
            endOne(done);
            return false;
          });
      assertThat(box).isNotNull();
    }
  }

  private void endOne(AtomicInteger done) {
    var next = id("j-" + done.get(), 1);
    world
        .executor
        .adopt(next)
        .ifPresent(
            box -> {
              ((FakeExecutor.Box) box).exit(new Exit.Exited(0));
              done.incrementAndGet();
            });
  }

  private void checkRoom() {
    var alive =
        world.executor.specs().stream()
            .filter(spec -> world.executor.adopt(spec.id()).map(PollingTest::alive).orElse(false))
            .toList();
    assertThat(alive).hasSizeLessThanOrEqualTo(4);
    assertThat(alive.stream().mapToInt(spec -> spec.limits().milliCpus()).sum())
        .isLessThanOrEqualTo(4_000);
    assertThat(alive.stream().mapToLong(spec -> spec.limits().memoryBytes()).sum())
        .isLessThanOrEqualTo(4L << 30);
  }

  private static boolean alive(Object box) {
    return ((FakeExecutor.Box) box).alive();
  }
}
