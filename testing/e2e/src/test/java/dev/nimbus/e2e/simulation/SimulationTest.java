package dev.nimbus.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.storage.SqlStorage;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queue, leases and agents under lost, doubled, late and overtaking messages, pauses, crashes and
 * wrong clocks. {@code -Dnimbus.sim.seed=N} repeats one seed, {@code -Dnimbus.sim.seeds=N} runs as
 * many.
 */
final class SimulationTest {
  private static final int SEEDS = 1_000;
  private static final int SEEDS_IN_SQL = 25;

  @Test
  void everyPromiseIsKeptUnderEverySeed() {
    var seeds = Seeds.chosen(SEEDS);

    var happened = Seeds.runAll(seeds, MemoryStorage::new);

    if (seeds.length >= SEEDS) {
      assertThat(happened.counts()).containsKeys(Seeds.RARE);
    }
  }

  @Test
  void everyPromiseIsKeptByTheSqlStorage(@TempDir Path folder) {
    try (var storage = SqlStorage.open("sqlite:" + folder.resolve("simulation.db"))) {
      Seeds.runAll(Seeds.chosen(SEEDS_IN_SQL), () -> storage);
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    LongStream.range(0, 20)
        .forEach(seed -> assertThat(hash(seed)).as("seed %d", seed).isEqualTo(hash(seed)));
  }

  @Test
  void differentSeedsGiveDifferentRuns() {
    assertThat(LongStream.range(0, 20).map(SimulationTest::hash).distinct().count()).isEqualTo(20);
  }

  private static long hash(long seed) {
    return Seeds.run(seed, new MemoryStorage(), Judgement.REAL).hash();
  }
}
