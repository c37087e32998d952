package dev.nimbus.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nimbus.core.storage.Storage;
import dev.nimbus.hostagent.lease.Event;
import dev.nimbus.hostagent.lease.Grip;
import dev.nimbus.hostagent.lease.LeaseKeeping;
import dev.nimbus.hostagent.lease.Stage;
import dev.nimbus.hostagent.lease.Step;
import dev.nimbus.testkit.storage.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation is worth its time only if it finds mistakes: here are some to be found. */
final class PlantedBugsTest {
  private static final int SEEDS = 60;
  private static final Duration FAR = Duration.ofDays(1_000);

  @ParameterizedTest
  @EnumSource(Bug.class)
  void aMistakeOfTheStorageIsFound(Bug bug) {
    assertThat(finding(() -> new BrokenStorage(new MemoryStorage(), bug), Judgement.REAL))
        .as("a seed that shows %s", bug)
        .isPresent();
  }

  @Test
  void anAgentThatNeverGivesUpIsFound() {
    assertThat(finding(MemoryStorage::new, PlantedBugsTest::neverGivingUp))
        .hasValueSatisfying(why -> assertThat(why).contains("its lease could end"));
  }

  @Test
  void anAgentThatForgetsToTellIsFound() {
    assertThat(finding(MemoryStorage::new, PlantedBugsTest::silentAtTheEnd)).isPresent();
  }

  @Test
  void anAgentThatWaitsForAStartForEverIsFound() {
    assertThat(finding(MemoryStorage::new, PlantedBugsTest::waitingForTheStart)).isPresent();
  }

  @Test
  void aFailureNamesItsSeedAndShowsWhatWasBefore() {
    var broken = new BrokenStorage(new MemoryStorage(), Bug.GRANT_EXCEEDS_OFFER);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Seeds.run(0, broken, Judgement.REAL))
        .withMessageContaining("Seed 0: ")
        .withMessageContaining("-Dnimbus.sim.seed=0")
        .withMessageContaining(" ms  storage  grant s0-");
  }

  private static Optional<String> finding(Supplier<Storage> storage, Judgement judgement) {
    return LongStream.range(0, SEEDS)
        .mapToObj(seed -> failure(seed, storage.get(), judgement))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> failure(long seed, Storage storage, Judgement judgement) {
    try {
      new Simulation(seed, storage, judgement).run();
      return Optional.empty();
    } catch (BrokenPromise found) {
      return Optional.of(String.valueOf(found.getMessage()));
    }
  }

  private static Step neverGivingUp(LeaseKeeping keeping, Event event, Duration now) {
    var grip = keeping.grip();
    var firm =
        new LeaseKeeping(
            keeping.holding(),
            keeping.rules(),
            keeping.stage(),
            new Grip(FAR, grip.renewAt(), grip.told()));
    return firm.on(event, now);
  }

  private static Step waitingForTheStart(LeaseKeeping keeping, Event event, Duration now) {
    return new LeaseKeeping(
            keeping.holding(),
            keeping.rules(),
            keeping.stage() instanceof Stage.Starting(var intent, _)
                ? new Stage.Starting(intent, FAR)
                : keeping.stage(),
            keeping.grip())
        .on(event, now);
  }

  private static Step silentAtTheEnd(LeaseKeeping keeping, Event event, Duration now) {
    return keeping.stage() instanceof Stage.Ended
        ? new Step(keeping, List.of())
        : keeping.on(event, now);
  }
}
