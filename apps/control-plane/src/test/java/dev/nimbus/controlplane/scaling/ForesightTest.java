package dev.nimbus.controlplane.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.machine.Machine;
import dev.nimbus.core.placement.Terms;
import dev.nimbus.core.pool.Budget;
import dev.nimbus.core.pool.Pool;
import dev.nimbus.core.pool.Warming;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool that predicts, from the jobs that come to the machines it keeps. */
final class ForesightTest {
  private static final Owner POOL = new Owner(MachineGround.ORG, MachineGround.POOL);

  @TempDir private Path folder;
  private final MemoryStorage storage = new MemoryStorage();
  private MachineGround ground;
  private Foresight foresight;
  private int submitted;

  @BeforeEach
  void begin() {
    ground = new MachineGround(folder, storage);
    foresight = new Foresight(storage, ground.time);
    ground.account("cloud");
  }

  @Test
  void machinesWaitAtTheHourAtWhichJobsCameInTheWeeksBefore() {
    declare(new Warming.Predicted(20_000_000), 50);
    twoWeeks();

    assertThat(machinesKept()).isBetween(3, 20);
    ground.time.step(Duration.ofHours(4));
    assertThat(machinesKept()).isZero();
  }

  @Test
  void theyAreMadeBeforeTheJobsCome() {
    declare(new Warming.Predicted(20_000_000), 50);
    twoWeeks();

    ground.elastic(foresight).step();

    assertThat(storage.machines().live())
        .hasSize(machinesKept())
        .isNotEmpty()
        .allMatch(Machine::warm);
  }

  @Test
  void aPoolThatDoesNotPredictKeepsNoneForWhatCame() {
    declare(new Warming.Fixed(), 50);
    twoWeeks();

    assertThat(machinesKept()).isZero();
  }

  @Test
  void thereAreNeverMoreThanThePoolMayHave() {
    declare(new Warming.Predicted(20_000_000), 2);
    twoWeeks();

    assertThat(machinesKept()).isEqualTo(2);
  }

  @Test
  void everyJobIsCountedOnceForThePoolThatServesIt() {
    declare(new Warming.Predicted(20_000_000), 2);
    submit(30);
    ground.time.step(Duration.ofMinutes(2));
    var other = new Foresight(storage, ground.time);

    foresight.count();
    other.count();
    foresight.count();

    assertThat(storage.arrivals().hours(POOL, Instant.EPOCH))
        .extracting(hour -> hour.jobs())
        .containsExactly(30L);
    assertThat(
            storage
                .arrivals()
                .hours(new Owner(MachineGround.ORG, new PoolName("other")), Instant.EPOCH))
        .isEmpty();
  }

  @Test
  void whatIsOlderThanEightWeeksIsForgotten() {
    declare(new Warming.Predicted(20_000_000), 2);
    submit(1);
    ground.time.step(Duration.ofMinutes(2));
    foresight.count();
    assertThat(storage.arrivals().hours(POOL, Instant.EPOCH)).hasSize(1);

    ground.time.step(Duration.ofDays(57));
    foresight.count();

    assertThat(storage.arrivals().hours(POOL, Instant.EPOCH)).isEmpty();
  }

  /** At noon of two weeks 120 jobs came one after the other, and nothing at other times. */
  private void twoWeeks() {
    for (var week = 0; week < 2; week++) {
      for (var minute = 0; minute < 60; minute++) {
        submit(2);
        ground.time.step(Duration.ofMinutes(1));
      }
      ground.time.step(Duration.ofHours(167));
    }
    ground.time.step(Duration.ofMinutes(30));
    cancelAll();
    foresight.count();
  }

  private void submit(int jobs) {
    for (var i = 0; i < jobs; i++) {
      ground.submit("job-" + submitted++);
    }
  }

  private void cancelAll() {
    for (var i = 0; i < submitted; i++) {
      storage
          .jobs()
          .cancel(MachineGround.ORG, new JobId("job-" + i), "test", ground.time.instant());
    }
  }

  private int machinesKept() {
    foresight.count();
    return foresight
        .warm(storage.pools().all(), Terms.UNKNOWN, ground.time.instant())
        .getOrDefault(POOL, 0);
  }

  private void declare(Warming warming, int max) {
    var pool = ground.pool(max, 0, Duration.ofMinutes(1), Budget.NONE);
    storage
        .pools()
        .apply(
            new Pool(
                pool.org(),
                pool.name(),
                pool.labels(),
                pool.offerings(),
                pool.max(),
                pool.minIdle(),
                List.of(),
                warming,
                pool.idleGrace(),
                pool.maxLife(),
                pool.deadlines(),
                pool.budget(),
                pool.changedAt(),
                pool.revision()),
            ground.time.instant());
  }
}
