package dev.nimbus.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.e2e.system.Await;
import dev.nimbus.e2e.system.Leftovers;
import dev.nimbus.service.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services are killed at random while jobs come and go. {@code -Dnimbus.crash.rounds} says how
 * often, {@code -Dnimbus.crash.seed} repeats an earlier run's choices.
 */
@Tag("slow")
final class CrashLoopTest {
  private static final int ROUNDS = Integer.getInteger("nimbus.crash.rounds", 8);
  private static final long SEED = Long.getLong("nimbus.crash.seed", SystemTime.nanos());
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void everyAcceptedJobEndsOnceAsItShouldHoweverOftenServicesAreKilled() throws Exception {
    var mark = "nimbus-crash-" + Long.toUnsignedString(SEED, 36);
    try (var cluster = Cluster.start(folder)) {
      cluster.awaitReady();
      var strikes = new Strikes(cluster.services(), new Random(SEED));
      try {
        var accepted = strike(cluster, strikes, mark);
        var figures = judge(cluster, accepted);
        stop(cluster, accepted, mark);
        System.out.printf(
            "%,d rounds of kill -9 (seed %d): %s, none lost, doubled or run twice; nothing left%n",
            ROUNDS, SEED, figures);
      } catch (AssertionError e) {
        throw new AssertionError(
            "With -Dnimbus.crash.seed=%d -Dnimbus.crash.rounds=%d, logs in %s: %s%nStrikes: %s"
                .formatted(SEED, ROUNDS, folder, e.getMessage(), strikes),
            e);
      }
    }
  }

  private static Map<String, Sent> strike(Cluster cluster, Strikes strikes, String mark)
      throws InterruptedException {
    var load = Load.start(cluster.client(), new Random(SEED + 1), mark);
    for (var round = 0; round < ROUNDS; round++) {
      strikes.strike();
    }
    var accepted = load.stop();
    cluster.awaitReady();
    return accepted;
  }

  private static String judge(Cluster cluster, Map<String, Sent> accepted) {
    assertThat(accepted).isNotEmpty();
    var softly = new SoftAssertions();
    var verdict = new Verdict(cluster.client(), accepted);
    verdict.check(softly);
    softly.assertAll();
    return verdict.figures();
  }

  private static void stop(Cluster cluster, Map<String, Sent> accepted, String mark) {
    var sandboxes = cluster.agentHome().resolve("sandboxes");
    Await.until(
        PATIENCE,
        () -> "the removal of " + Leftovers.entries(sandboxes),
        () -> Leftovers.entries(sandboxes).isEmpty());
    assertThat(cluster.agent().stop()).as("exit code of the agent").isZero();
    assertThat(Leftovers.processes(mark)).as("processes").isEmpty();
    assertThat(Leftovers.mounts(cluster.agentHome())).as("mounts").isEmpty();
    assertThat(Leftovers.groups(accepted.keySet())).as("control groups").isEmpty();
    assertThat(Leftovers.entries(sandboxes)).as("sandboxes").isEmpty();
    assertThat(Leftovers.entries(cluster.agentHome().resolve("jobs"))).as("held jobs").isEmpty();
  }
}
