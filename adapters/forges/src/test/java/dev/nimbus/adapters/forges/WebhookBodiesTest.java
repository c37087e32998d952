package dev.nimbus.adapters.forges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.kin.FakeForgejo;
import dev.nimbus.testkit.forge.kin.FakeGitea;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Bodies somebody kept, of forges that live in memory. */
final class WebhookBodiesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void githubsSayWhatAJobAsksFor() {
    assertDescribes(ForgeKind.GITHUB, FakeGitHub::start);
  }

  @Test
  void forgejosSayWhatAJobAsksForFrom17On() {
    assertDescribes(ForgeKind.FORGEJO, time -> FakeForgejo.start(time, FakeForgejo.Release.NEXT));
  }

  @Test
  void giteasSayWhatAJobAsksFor() {
    assertDescribes(ForgeKind.GITEA, time -> FakeGitea.start(time, FakeGitea.Release.V1_27));
  }

  @Test
  void gitlabsDoNot() {
    assertThatThrownBy(
            () -> WebhookBodies.job(ForgeKind.GITLAB, "{}".getBytes(StandardCharsets.UTF_8), NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("describe the job");
  }

  private static void assertDescribes(ForgeKind kind, Function<SteppedTime, FakeForge> forge) {
    try (var fake = forge.apply(new SteppedTime(NOON))) {
      var repository = fake.repository("acme/shop");
      var key = fake.queue(Wanted.job(repository, "nimbus", "gpu"));
      var queued = fake.sent().getLast();
      fake.cancel(key);

      for (var delivery : new byte[][] {queued.body(), fake.sent().getLast().body()}) {
        var job = WebhookBodies.job(kind, delivery, NOON);

        assertThat(job.key()).isEqualTo(key);
        assertThat(job.repository()).isEqualTo(repository);
        assertThat(job.labels()).containsExactly("nimbus", "gpu");
      }
    }
  }
}
