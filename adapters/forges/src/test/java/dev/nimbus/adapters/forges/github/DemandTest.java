package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.testkit.forge.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DemandTest extends GitHubCase {
  @Test
  void aRunThatIsInProgressMayHoldJobsThatWait() {
    var first = fake().queue(Wanted.job(shop(), "nimbus"));
    fake().steal(first, "somebody-else");
    var second = fake().queueBeside(first, List.of("nimbus", "gpu"));

    assertThat(open().waiting(Optional.empty()).stream().map(ForgeJob::key))
        .containsExactly(second);
  }

  @Test
  void whatTheRunSaysOfAJobIsKnown() {
    var job = waitingJob(open(), "nimbus");

    assertThat(job.title()).isEqualTo("Mend the shop window");
    assertThat(job.event()).isEqualTo("push");
    assertThat(job.actor()).isEqualTo("a-person");
    assertThat(job.branch()).isEqualTo("main");
    assertThat(job.workflow()).isEqualTo("build");
  }

  @Test
  void lookingAgainCostsNothingWhenNothingChanged() {
    var forge = open();
    for (var job = 0; job < 20; job++) {
      fake().queue(Wanted.job(shop(), "nimbus"));
    }
    forge.waiting(Optional.empty());
    var left = forge.callsLeft();
    calls.clear();
    assertThat(forge.waiting(Optional.empty())).hasSize(20);

    assertThat(calls).hasSize(24).allMatch(call -> call.status() == 304);
    assertThat(forge.callsLeft()).isEqualTo(left);
  }

  @Test
  void repositoriesNobodyPushedToAreNotLookedAt() {
    fake().queue(Wanted.job(shop(), "nimbus"));
    var forge = open(Map.of("active_days", "3"));
    time.step(Duration.ofDays(4));
    fake().repository("acme/site");
    forge.waiting(Optional.empty());

    assertThat(calls.stream().map(call -> call.path()))
        .contains("/repos/acme/site/actions/runs")
        .doesNotContain("/repos/acme/shop/actions/runs");
    assertThat(forge.waiting(Optional.of(shop()))).hasSize(1);
  }

  @Test
  void aRepositoryThatIsGoneHidesNoOther() {
    var connection =
        Connections.of(
            fake().connection().url().toString(),
            "acme",
            List.of("acme/deleted", "acme/shop"),
            fake().connection().options());
    var job = fake().queue(Wanted.job(shop(), "nimbus"));

    assertThat(open(connection).waiting(Optional.empty()).stream().map(ForgeJob::key))
        .containsExactly(job);
  }

  @Test
  void thousandsOfJobsAreFoundWithinTheLimits() {
    var run = fake().queue(Wanted.job(shop(), "nimbus"));
    for (var job = 1; job < 500; job++) {
      fake().queueBeside(run, List.of("nimbus"));
    }
    for (var other = 0; other < 1_000; other++) {
      fake().queue(Wanted.job(shop(), "nimbus"));
    }

    assertThat(open().waiting(Optional.empty())).hasSize(1_500);
    assertThat(fake().limits().violations()).isEmpty();
    assertThat(Duration.between(Connections.NOON, time.instant()))
        .isLessThanOrEqualTo(Duration.ofMinutes(3));
  }
}
