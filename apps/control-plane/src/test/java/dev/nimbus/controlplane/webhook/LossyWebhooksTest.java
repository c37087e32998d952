package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab;
import dev.nimbus.testkit.forge.kin.FakeForgejo;
import dev.nimbus.testkit.forge.kin.FakeGitea;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jobs of every forge while they keep coming, of whose webhooks one in twenty is lost, one in ten
 * comes twice and three in ten come late.
 */
final class LossyWebhooksTest {
  private static final int JOBS = 60;
  private static final int MOST_AT_ONCE = 6;
  private static final Duration TTL = Duration.ofDays(1);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final List<ForgeJobKey> ran = new ArrayList<>();
  private final List<Delivery> late = new ArrayList<>();
  @TempDir private Path folder;
  private int heard;
  private int registered;

  @ParameterizedTest
  @CsvSource({
    "GITHUB, 1",
    "GITHUB, 2",
    "GITLAB, 1",
    "GITLAB, 2",
    "FORGEJO, 1",
    "FORGEJO, 2",
    "GITEA, 1",
    "GITEA, 2"
  })
  void everyJobRunsOnceAndNoRunnerIsMadeInVain(ForgeKind kind, long seed) {
    var random = new SplittableRandom(seed);
    try (var forge = start(kind);
        var plane = new ForgePlane(folder, time, forge.connection(), forge.secrets(), TTL)) {
      plane.policy(PolicyDocument.DEFAULT.rules());
      var keys = new ArrayList<ForgeJobKey>();
      for (var turn = 0; ran.size() < JOBS && turn < 4 * JOBS; turn++) {
        queue(forge, keys, random);
        hear(plane, forge, random);
        serve(plane, forge, plane.leases(1 + random.nextInt(MOST_AT_ONCE)), random);
        time.step(Duration.ofSeconds(20));
        plane.rounds.step();
      }

      assertThat(ran).containsExactlyInAnyOrderElementsOf(keys);
      assertThat(registered).isEqualTo(JOBS);
    }
  }

  private FakeForge start(ForgeKind kind) {
    return switch (kind) {
      case GITHUB -> FakeGitHub.start(time);
      case GITLAB -> FakeGitLab.start(time, FakeGitLab.Release.V19, FakeGitLab.Proof.SIGNATURE);
      case FORGEJO -> FakeForgejo.start(time, FakeForgejo.Release.NEXT);
      case GITEA -> FakeGitea.start(time, FakeGitea.Release.V1_27);
    };
  }

  private static void queue(FakeForge forge, List<ForgeJobKey> keys, SplittableRandom random) {
    var shop = forge.repository("acme/shop");
    for (var more = random.nextInt(MOST_AT_ONCE); more > 0 && keys.size() < JOBS; more--) {
      keys.add(forge.queue(Wanted.job(shop, "nimbus", "linux")));
    }
  }

  /** What was sent since arrives, or does not, or again, or after what is sent later. */
  private void hear(ForgePlane plane, FakeForge forge, SplittableRandom random) {
    var sent = forge.sent();
    for (; heard < sent.size(); heard++) {
      var delivery = sent.get(heard);
      switch (random.nextInt(20)) {
        case 0 -> {}
        case 1, 2 -> {
          plane.receive(delivery);
          late.add(delivery);
        }
        case 3, 4, 5, 6, 7, 8 -> late.add(delivery);
        default -> plane.receive(delivery);
      }
    }
    while (!late.isEmpty() && random.nextInt(3) > 0) {
      plane.receive(late.remove(random.nextInt(late.size())));
    }
  }

  private void serve(
      ForgePlane plane, FakeForge forge, List<Lease> leases, SplittableRandom random) {
    var taken = new ArrayList<ForgeJobKey>();
    for (var lease : leases) {
      try {
        var runner = plane.mint.mint(ForgePlane.HOST, lease.job().id(), lease.fence());
        registered++;
        forge.run(runner).ifPresent(taken::add);
      } catch (NimbusException e) {
        assertThat(e.code()).isEqualTo("nothing-to-serve");
      }
      hear(plane, forge, random);
    }
    taken.forEach(forge::finish);
    ran.addAll(taken);
    leases.forEach(lease -> plane.end(lease, 0));
  }
}
