package dev.nimbus.hostagent.run;

import static dev.nimbus.hostagent.run.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.job.Size;
import dev.nimbus.testkit.executor.MemorySandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
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
  void close() throws InterruptedException {
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

    world.box("j-2", 1).end(new Exit.Exited(0));

    assertThat(world.box("j-5", 1).running()).isTrue();
  }

  @Test
  void aHostWithMoreRoomThanItOfferedAsksAnew() throws Exception {
    world.link.queue(FakeLink.grant("j-1", 1, 3_000, 1, Duration.ofHours(1)));
    var box = world.box("j-1", 1);
    world.link.await(() -> world.link.polls().getLast().freeMilliCpus() == 1_000);
    world.link.queue(FakeLink.grant("j-2", 1, 2_000, 1, Duration.ofHours(1)));

    box.end(new Exit.Exited(0));

    assertThat(world.box("j-2", 1).running()).isTrue();
    assertThat(world.pace.now()).isZero();
  }

  @Test
  void aHostThatStopsAsksForNothingAndGivesBackWhatItIsGranted() throws Exception {
    world.link.await(() -> !world.link.polls().isEmpty());
    world.stopPolling();
    assertThat(world.link.polls().getLast().slots()).isZero();

    world.jobs().granted(FakeLink.grant("j-1", 1));
    world.link.await(() -> !world.link.finishes(id("j-1", 1)).isEmpty());

    assertThat(world.link.finishes(id("j-1", 1)).getFirst().ending()).isEqualTo("not_run");
    assertThat(world.executor.found()).isEmpty();
  }

  @Test
  void aHostTheControlPlaneForgotIntroducesItselfAgain() throws Exception {
    world.link.await(() -> !world.link.polls().isEmpty());
    world.link.forgetHosts();
    world.passUntil(() -> world.link.registrations().size() == 2);

    world.passUntil(() -> world.polling().connected());
  }

  @Test
  void aHostOffersWhatItsJobsLeave() throws Exception {
    world.link.queue(FakeLink.grant("j-1", 1, 3_000, 1L << 30, Duration.ofHours(1)));
    world.box("j-1", 1);
    world.link.await(() -> world.link.polls().getLast().slots() == 3);

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
    for (var i = 0; i < 200; i++) {
      var cpus = 500 * (1 + random.nextInt(6));
      var memory = (1L << 28) * (1 + random.nextInt(12));
      world.link.queue(FakeLink.grant("j-" + i, 1, cpus, memory, Duration.ofHours(1)));
    }
    while (world.link.anyWaiting()) {
      var before = world.link.started().size();
      world.link.await(
          () -> {
            world.pace.advance(Duration.ofMillis(20));
            return world.link.started().size() > before || world.link.cannotGrant();
          });
      checkRoom(world.living());
      if (world.link.cannotGrant() || random.nextInt(3) == 0) {
        world.living().stream().findFirst().ifPresent(box -> box.end(new Exit.Exited(0)));
      }
    }
    assertThat(world.link.started()).hasSizeGreaterThan(100);
  }

  private void checkRoom(List<MemorySandbox> living) {
    var sizes = living.stream().map(box -> box.spec().limits()).toList();
    assertThat(sizes).hasSizeLessThanOrEqualTo(4);
    assertThat(sizes.stream().reduce(Size.NONE, Size::plus).fitsIn(World.HOST.capacity())).isTrue();
  }
}
