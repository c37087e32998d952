package dev.nimbus.controlplane.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.storage.SqlStorage;
import dev.nimbus.core.id.MachineName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200 threads, of which four are planners of their own and the others play machines, and 10,000
 * jobs. Every machine is counted when it is made, so no moment is missed.
 */
@Tag("slow")
final class CapTest {
  private static final int THREADS = 200;
  private static final int PLANNERS = 4;
  private static final int JOBS = 10_000;
  private static final int MAX = 300;

  private static final Duration ROUND = Duration.ofSeconds(5);

  private static final int MOST_ROUNDS = 5_000;

  private final AtomicBoolean over = new AtomicBoolean();
  private int rounds;

  @TempDir private Path folder;

  @Test
  void howeverTheyInterleaveNoCapIsPassedAndEveryJobIsServed() throws Exception {
    try (var storage = SqlStorage.open("sqlite:" + folder.resolve("nimbus.db"))) {
      run(new MachineGround(folder, storage));
    }
  }

  private void run(MachineGround ground) throws Exception {
    ground.declare(MAX);
    IntStream.range(0, JOBS).forEach(number -> ground.submit("j-" + number));

    var round = new CyclicBarrier(THREADS, () -> passed(ground));
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var parts =
          IntStream.range(0, THREADS)
              .mapToObj(number -> number < PLANNERS ? planner(ground) : player(ground, number))
              .map(part -> inRounds(part, round))
              .toList();
      for (var end : pool.invokeAll(parts)) {
        assertThat(end.get()).isTrue();
      }
    }

    assertThat(ground.jobs()).containsEntry("succeeded", (long) JOBS);
    assertThat(ground.cloud.most()).isBetween(MAX / 2, MAX);
    assertThat(ground.cloud.mismatches()).isZero();
    assertThat(ground.cloud.running()).isEmpty();
  }

  /** All do their part at once, again and again; time goes on when all have. */
  private Callable<Boolean> inRounds(Runnable part, CyclicBarrier round) {
    return () -> {
      while (!over.get()) {
        try {
          part.run();
        } finally {
          round.await();
        }
      }
      return true;
    };
  }

  private void passed(MachineGround ground) {
    ground.time.step(ROUND);
    over.set(over(ground) || ++rounds == MOST_ROUNDS);
  }

  private static Runnable planner(MachineGround ground) {
    var elastic = ground.elastic();
    var reconcile = ground.reconcile();
    return () -> {
      elastic.step();
      reconcile.step();
    };
  }

  private static Runnable player(MachineGround ground, int number) {
    return () -> mine(ground.cloud.running(), number).forEach(ground::goesOn);
  }

  private static List<MachineName> mine(List<MachineName> running, int number) {
    var players = THREADS - PLANNERS;
    return running.stream()
        .filter(name -> Math.floorMod(name.hashCode(), players) == number - PLANNERS)
        .toList();
  }

  private static boolean over(MachineGround ground) {
    return ground.jobs().getOrDefault("succeeded", 0L) == JOBS
        && ground.storage.machines().live().isEmpty();
  }
}
