package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.forge.github.Mischief;
import dev.nimbus.testkit.forge.github.Setup;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thousand jobs wait at a GitHub with its limits when we come back, and its webhooks travel badly
 * from then on: 5 % are lost, 10 % come twice, 30 % come late. Time is virtual.
 */
final class DowntimeTest {
  private static final Duration TTL = Duration.ofDays(1);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final AtomicInteger registered = new AtomicInteger();
  private final List<ForgeJobKey> ran = new ArrayList<>();
  private int heard;
  @TempDir private Path folder;

  @Tag("slow")
  @Test
  void aThousandJobsThatWaitWhenWeComeBackGetARunnerEach() {
    everyJobGetsARunnerOnce(1, 1_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void jobsThatWaitWhenWeComeBackGetARunnerEach(long seed) {
    everyJobGetsARunnerOnce(seed, 100);
  }

  private void everyJobGetsARunnerOnce(long seed, int jobs) {
    var badly = Setup.USUAL.with(Mischief.ofWebhooks(seed, 5, 10, 30));
    try (var github = FakeGitHub.start(time, badly)) {
      github.observe(this::count);
      var shop = github.repository("acme/shop");
      var keys = new ArrayList<ForgeJobKey>();
      for (var job = 0; job < jobs; job++) {
        keys.add(github.queue(Wanted.job(shop, "nimbus", "linux", "x64")));
      }
      heard = github.sent().size();

      try (var plane = new ForgePlane(folder, time, github.connection(), github.secrets(), TTL)) {
        plane.policy(PolicyDocument.DEFAULT.rules());
        plane.rounds.step();
        var random = new Random(seed);
        for (var turn = 0; ran.size() < jobs && turn < 4 * jobs; turn++) {
          serve(plane, github, plane.leases(1 + random.nextInt(20)));
          hear(plane, github);
          time.step(Duration.ofSeconds(20));
          plane.rounds.step();
        }

        assertThat(ran).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(registered).hasValue(jobs);
        settled(plane, github);
      }
    }
  }

  /** Afterwards nothing is left: no runner there, no job of ours that waits for nothing. */
  private void settled(ForgePlane plane, FakeGitHub github) {
    github.flush();
    for (var round = 0; round < 4; round++) {
      hear(plane, github);
      time.step(Duration.ofMinutes(20));
      plane.rounds.step();
    }
    assertThat(github.runners()).isEmpty();
    assertThat(plane.waiting()).isZero();
  }

  /** Starts the runners of jobs, all before any of them is done. */
  private void serve(ForgePlane plane, FakeGitHub github, List<Lease> leases) {
    var taken = new ArrayList<ForgeJobKey>();
    for (var lease : leases) {
      launch(plane, lease).flatMap(github::run).ifPresent(taken::add);
      hear(plane, github);
    }
    taken.forEach(github::finish);
    ran.addAll(taken);
    leases.forEach(lease -> plane.end(lease, 0));
  }

  private static Optional<RunnerLaunch> launch(ForgePlane plane, Lease lease) {
    try {
      return Optional.of(plane.mint.mint(ForgePlane.HOST, lease.job().id(), lease.fence()));
    } catch (NimbusException e) {
      assertThat(e.code()).isEqualTo("nothing-to-serve");
      return Optional.empty();
    }
  }

  private void hear(ForgePlane plane, FakeGitHub github) {
    var sent = github.sent();
    for (; heard < sent.size(); heard++) {
      plane.receive(sent.get(heard));
    }
  }

  private void count(Observed call) {
    if (call.path().endsWith("/generate-jitconfig") && call.status() == 201) {
      registered.incrementAndGet();
    }
  }
}
