package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.storage.ForgeStore.Served;
import dev.nimbus.core.storage.ForgeStore.Stage;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Proof;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a GitLab that lives in memory, whose webhooks only say where to look. */
final class GitLabFlowTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeGitLab gitlab = FakeGitLab.start(time, Release.V19, Proof.SIGNATURE);
  private final ForgePlane plane;

  GitLabFlowTest(@TempDir Path folder) {
    plane = new ForgePlane(folder, time, gitlab.connection(), gitlab.secrets(), TTL);
  }

  @AfterEach
  void close() {
    plane.close();
    gitlab.close();
  }

  @Test
  void aJobAWebhookHintsAtGetsARunnerThatTakesItAndIsDeletedAfterwards() {
    var key = gitlab.queue(Wanted.job(gitlab.repository("acme/tools/ci"), "nimbus", "linux"));
    gitlab.sent().forEach(plane::receive);
    var lease = lease();

    var taken = gitlab.run(plane.mint.mint(ForgePlane.HOST, lease.job().id(), lease.fence()));

    assertThat(taken).contains(key);
    plane.receive(gitlab.sent().getLast());
    assertThat(served(lease).stage()).isEqualTo(Stage.STARTED);
    gitlab.finish(key);
    plane.receive(gitlab.sent().getLast());
    assertThat(served(lease).stage()).isEqualTo(Stage.FINISHED);
    assertThat(served(lease).conclusion()).isEqualTo("success");
    assertThat(gitlab.runners()).hasSize(1);

    plane.end(lease, 0);
    plane.repair.all(plane.connection);
    assertThat(gitlab.runners()).isEmpty();
  }

  @Test
  void whoseCodeAJobRunsIsKnownWhenItIsDecided() {
    gitlab.queue(Wanted.job(gitlab.repository("acme/shop"), "nimbus", "linux").fromFork());
    gitlab.sent().forEach(plane::receive);

    assertThat(served(lease()).job().event()).isEqualTo("merge_request_event");
  }

  @Test
  void aJobWhoseWebhookWasLostIsFoundByAsking() {
    gitlab.queue(Wanted.job(gitlab.repository("acme/shop"), "nimbus", "linux"));
    plane.repair.all(plane.connection);
    gitlab.sent().forEach(plane::receive);

    assertThat(plane.waiting()).isEqualTo(1);
  }

  private Lease lease() {
    return plane.leases(1).getFirst();
  }

  private Served served(Lease lease) {
    return plane.served(lease.job().id());
  }
}
