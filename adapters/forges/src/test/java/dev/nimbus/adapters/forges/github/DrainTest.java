package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Forge;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Limits;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Registers a thousand runners as fast as GitHub allows, and never faster. */
final class DrainTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int RUNNERS = 1_000;

  /**
   * Of every call of one App. One caller cannot overlap the calls of three, so theirs take none.
   */
  private static final Duration LATENCY = Duration.ofMillis(150);

  private static final double A_SECOND_APART = RUNNERS - 1;
  private static final double BY_POINTS = RUNNERS * 5 / 900.0 * 60;

  @Test
  void oneAppKeepsASecondBetweenChangesAndLosesNoTime() {
    assertThat(seconds(1, 60, Limits.Rules.PUBLISHED)).isLessThanOrEqualTo(1.05 * A_SECOND_APART);
  }

  @Test
  void threeAppsTakeAThirdOfTheTime() {
    assertThat(seconds(3, 60, Limits.Rules.PUBLISHED))
        .isLessThanOrEqualTo(1.05 * A_SECOND_APART / 3);
  }

  @Test
  void oneAppUsesThePointsOfAMinuteAndNotOneMore() {
    assertThat(seconds(1, 180, Limits.Rules.ENFORCED)).isLessThanOrEqualTo(1.05 * BY_POINTS);
  }

  @Test
  void threeAppsUseThePointsOfAllThree() {
    assertThat(seconds(3, 180, Limits.Rules.ENFORCED)).isLessThanOrEqualTo(1.05 * BY_POINTS / 3);
  }

  /** How long it takes; no limit may be broken on the way. */
  private static double seconds(int apps, int changesPerMinute, Limits.Rules rules) {
    var time = new SteppedTime(NOON);
    try (var fake = FakeGitHub.start(time, Setup.USUAL.withApps(apps).with(rules))) {
      var forge = open(fake.connection(), fake.secrets(), changesPerMinute, time);
      fake.queue(Wanted.job(fake.repository("acme/shop"), "nimbus"));
      var job = forge.waiting(Optional.empty()).getFirst();
      fake.observe(call -> time.step(apps == 1 ? LATENCY : Duration.ZERO));
      var began = time.instant();
      for (var number = 0; number < RUNNERS; number++) {
        register(forge, spec(number, job), time);
      }

      assertThat(fake.limits().violations()).isEmpty();
      assertThat(fake.runners()).hasSize(RUNNERS);
      return Duration.between(began, time.instant()).toMillis() / 1_000.0;
    }
  }

  private static Forge open(
      Connection all, Map<String, String> secrets, int changesPerMinute, SteppedTime time) {
    var options = new TreeMap<>(all.options());
    options.put("changes_per_minute", Integer.toString(changesPerMinute));
    var connection =
        new Connection(
            all.org(),
            all.id(),
            all.name(),
            all.kind(),
            all.url(),
            all.owner(),
            all.repositories(),
            options,
            all.secrets(),
            all.changedAt(),
            all.revision());
    return GitHubForge.open(connection, secrets, CLIENT, time, time::stepTo);
  }

  private static void register(Forge forge, RunnerSpec spec, SteppedTime time) {
    var registered = forge.register(spec);
    while (registered instanceof Registered.Later later) {
      time.stepTo(later.notBefore());
      registered = forge.register(spec);
    }
    assertThat(registered).isInstanceOf(Registered.Ready.class);
  }

  private static RunnerSpec spec(int number, ForgeJob job) {
    return new RunnerSpec(
        RunnerName.of(new SandboxId(new JobId("j-" + number), new Fence(1))), job);
  }
}
