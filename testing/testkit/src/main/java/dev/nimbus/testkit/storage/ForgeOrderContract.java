package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.core.storage.ForgeStore.Queued;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.core.storage.Storage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What forges say of many jobs and runners, lost, doubled and in any order, between everything else
 * that happens to our jobs. Each step is done to the storage and to one in memory: both must answer
 * alike, and there are never more of ours than there are jobs to serve.
 */
public abstract class ForgeOrderContract extends ForgeContract {
  private static final int STEPS = 250;

  protected ForgeOrderContract() {}

  /** How many seeds are tried; what is quick can try more. */
  protected int seeds() {
    return 6;
  }

  @TestFactory
  final Stream<DynamicTest> inAnyOrderNoJobIsServedTwiceAndNoneOfOursIsTooMany() {
    return IntStream.rangeClosed(1, seeds())
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
  }

  /** An empty storage for this seed. */
  protected abstract Storage again(int seed);

  private void run(int seed) {
    try (var storage = again(seed);
        var model = new MemoryStorage()) {
      steps(seed, storage, model);
    }
  }

  private static void steps(int seed, Storage storage, Storage model) {
    var world = new ForgeWorld(seed);
    for (var step = 0; step < STEPS; step++) {
      var action = world.next(step);
      var answer = action.run(model);
      assertThat(action.run(storage)).as("seed %d step %d", seed, step).isEqualTo(answer);
      world.heard(answer);
      assertThat(view(storage, world))
          .as("seed %d step %d", seed, step)
          .isEqualTo(view(model, world));
      check(model, world, "seed %d step %d".formatted(seed, step));
    }
    assertThat(storage.orgs().list()).as("seed %d", seed).isEqualTo(model.orgs().list());
    assertThat(storage.repair()).as("seed %d", seed).isZero();
    heal(storage, world, seed);
  }

  /** All that is kept, as far as it can be seen. */
  private static List<Object> view(Storage on, ForgeWorld world) {
    return List.of(
        on.forges().servedBy(ACME, world.ours()),
        on.forges().open(ACME, HUB, 1_000),
        on.forges().open(ACME, LAB, 1_000),
        on.forges().unserved(ACME, HUB, 1_000),
        on.forges().leftOver(ACME, HUB, 1_000),
        on.forges().untold(ACME, HUB, 1_000),
        on.forges().overdue(ACME, HUB, world.now().minusSeconds(9), 1_000),
        on.jobs().counts(ACME));
  }

  private static void check(Storage on, ForgeWorld world, String when) {
    var served = on.forges().servedBy(ACME, world.ours());
    assertThat(served)
        .as(when)
        .doesNotHaveDuplicates()
        .extracting(one -> List.of(one.connection(), one.job().key()))
        .doesNotHaveDuplicates();
    var needed =
        world.ours().stream()
            .flatMap(id -> on.jobs().find(ACME, id).stream())
            .filter(job -> !(job.state() instanceof JobState.Ended) && !world.excused(job.id()))
            .toList();
    for (var job : needed) {
      assertThat(on.forges().servedBy(ACME, job.id()))
          .as("%s: what %s serves", when, job.id())
          .hasValueSatisfying(one -> assertThat(one.stage()).isNotEqualTo(Stage.FINISHED));
    }
    assertThat(needed.size()).as(when).isLessThanOrEqualTo(world.unfinished());
  }

  /** Asking the forge about every job that still waits leaves none without somebody or a reason. */
  private static void heal(Storage on, ForgeWorld world, int seed) {
    on.orgs().limit(ACME, OrgLimits.GENEROUS);
    for (var job : on.forges().unserved(ACME, HUB, 1_000)) {
      on.forges().queued(ASKED, job, world.serving(3), OPEN, NOON);
    }
    for (var open : on.forges().open(ACME, HUB, 1_000)) {
      var said = on.forges().queued(ASKED, open.job(), world.serving(3), OPEN, NOON);
      if (open.stage() == Stage.QUEUED && said instanceof Queued.Known) {
        assertThat(ours(on, open))
            .as("seed %d: %s", seed, open)
            .satisfies(ForgeOrderContract::fine);
      }
    }
    assertThat(on.forges().unserved(ACME, HUB, 1_000)).as("seed %d", seed).isEmpty();
  }

  private static Job ours(Storage on, Served served) {
    return on.jobs().find(served.org(), served.serving()).orElseThrow();
  }

  private static void fine(Job job) {
    if (job.state() instanceof JobState.Ended(var outcome, _)) {
      assertThat(outcome.conclusion().onPurpose() || outcome.exitCode() == ForgeWorld.IN_VAIN)
          .isTrue();
    }
  }
}
