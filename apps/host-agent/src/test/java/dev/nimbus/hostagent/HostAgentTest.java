package dev.nimbus.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.run.FakeLink;
import dev.nimbus.hostagent.runner.FakeTools;
import dev.nimbus.hostagent.ship.FakeSink;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.testkit.executor.MemoryExecutor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent over real HTTP. */
final class HostAgentTest {
  private static final SandboxId JOB = new SandboxId(new JobId("j-1"), new Fence(1));
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path home;

  private final FakeServices services = new FakeServices();
  private final MemoryExecutor executor = new MemoryExecutor();

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void aJobIsRunAndItsLogAndEndArrive() throws Exception {
    try (var agent = start(OnStop.LEAVE)) {
      assertThat(agent.awaitRegistered(LONG)).isTrue();
      services.queue("j-1", List.of("print:hello\n", "exit:3"));
      services.link.await(() -> !services.link.finishes(JOB).isEmpty());
      services.link.await(() -> executor.found().isEmpty());
    }

    assertThat(services.link.finishes(JOB).getFirst().exitCode()).isEqualTo(3);
    assertThat(services.sink.texts())
        .contains("hello")
        .last()
        .isEqualTo("nimbus: ended exit=3 lines=1");
  }

  @Test
  void theHostIsRegisteredWithWhatItIs() throws Exception {
    try (var agent = start(OnStop.LEAVE)) {
      assertThat(agent.awaitRegistered(LONG)).isTrue();
    }

    var host = services.link.registrations().getFirst();
    assertThat(host.host()).isEqualTo("host-1");
    assertThat(host.labels()).contains("nimbus", "memory", "gpu");
    assertThat(host.milliCpus()).isEqualTo(4_000);
    assertThat(host.slots()).isEqualTo(3);
  }

  @Test
  void aHostOffersTheRunnersItHas() throws Exception {
    FakeTools.add(home.resolve("runners"), "gitea-runner/gitea-runner", "#!/bin/sh\n");
    try (var agent = start(OnStop.LEAVE)) {
      assertThat(agent.awaitRegistered(LONG)).isTrue();
    }

    assertThat(services.link.registrations().getFirst().labels())
        .contains("runner:gitea-runner")
        .doesNotContain("runner:forgejo-runner");
  }

  @Test
  void aTokenThatExpiredIsReplaced() throws Exception {
    services.expireTokens("fresh");
    try (var _ = start(OnStop.LEAVE)) {
      services.queue("j-1", List.of("print:late\n", "exit:0"));
      services.sink.await(FakeSink::complete);
    }

    assertThat(services.sink.texts()).contains("late");
  }

  @Test
  void jobsOutliveAnAgentThatLeavesThem() throws Exception {
    try (var _ = start(OnStop.LEAVE)) {
      services.queue("j-1", List.of("print:one\n", "hang"));
      services.link.await(() -> services.link.started().contains(JOB));
    }
    assertThat(executor.sandbox(JOB).running()).isTrue();

    try (var _ = start(OnStop.LEAVE)) {
      services.link.await(() -> services.link.kept(JOB) > 1);
      executor.sandbox(JOB).print("two\n");
      executor.sandbox(JOB).end(new Exit.Exited(0));
      services.sink.await(FakeSink::complete);
      services.link.await(() -> !services.link.finishes(JOB).isEmpty());
    }

    assertThat(services.sink.texts()).containsSubsequence("one", "two");
    assertThat(services.link.finishes(JOB)).hasSize(1);
  }

  @Test
  void anAgentThatKillsGivesItsJobsBack() throws Exception {
    try (var _ = start(OnStop.KILL)) {
      services.queue("j-1", List.of("hang"));
      services.link.await(() -> services.link.started().contains(JOB));
    }

    assertThat(services.link.finishes(JOB).getFirst().ending()).isEqualTo("not_run");
    assertThat(services.link.finishes(JOB).getFirst().countsAsAttempt()).isFalse();
  }

  @Test
  void anAgentThatFinishesWaitsForItsJobs() throws Exception {
    var agent = start(OnStop.FINISH);
    services.queue("j-1", List.of("hang"));
    services.link.await(() -> services.link.started().contains(JOB));
    // The next question is open; one is asked for nothing only to have that answered.
    services.link.await(() -> services.link.polls().size() > 1);
    var closing = Thread.ofVirtual().start(agent::close);
    services.link.await(() -> services.link.polls().getLast().slots() == 0);
    assertThat(executor.sandbox(JOB).running()).isTrue();

    executor.sandbox(JOB).end(new Exit.Exited(0));

    assertThat(closing.join(LONG)).isTrue();
    assertThat(services.link.finishes(JOB).getFirst().ending()).isEqualTo("succeeded");
  }

  @Test
  void drainingWaitsForWhatRunsAndTakesNoMore() throws Exception {
    try (var agent = start(OnStop.LEAVE)) {
      services.queue("j-1", List.of("hang"));
      services.link.await(() -> services.link.started().contains(JOB));
      assertThat(agent.drain(Duration.ofMillis(50))).isFalse();
      executor.sandbox(JOB).end(new Exit.Exited(0));

      assertThat(agent.drain(LONG)).isTrue();
    }
  }

  @Test
  void anAgentStartsWithoutItsControlPlaneAndSaysSo() throws Exception {
    services.link.away(true);
    try (var agent = start(OnStop.LEAVE)) {
      assertThat(status(agent, "/healthz")).isEqualTo(200);
      assertThat(status(agent, "/readyz")).isEqualTo(503);
      services.link.away(false);
      assertThat(agent.awaitRegistered(LONG)).isTrue();

      assertThat(status(agent, "/readyz")).isEqualTo(200);
    }
  }

  @Test
  void aHomeHasOneAgent() {
    try (var _ = start(OnStop.LEAVE)) {
      assertThatThrownBy(() -> start(OnStop.LEAVE))
          .isInstanceOf(NimbusException.class)
          .hasMessageContaining("another one runs in");
    }
    start(OnStop.LEAVE).close();
  }

  @Test
  void aJobWhoseLogGoesNowhereStillEnds() throws Exception {
    try (var _ = start(OnStop.LEAVE)) {
      services.link.queue(FakeLink.grant("j-1", 1));
      services.link.await(() -> services.link.started().contains(JOB));
      executor.sandbox(JOB).end(new Exit.Exited(0));
      services.link.await(() -> !services.link.finishes(JOB).isEmpty());
    }

    assertThat(services.link.finishes(JOB).getFirst().ending()).isEqualTo("succeeded");
  }

  @Test
  void whoeverWatchesSeesMetricsAndStatus() throws Exception {
    try (var agent = start(OnStop.LEAVE)) {
      assertThat(get(agent, "/metrics"))
          .contains("nimbus_host_agent_job_timeouts_total 0")
          .contains("nimbus_host_agent_lease_errors_total{reason=\"lost\"} 0")
          .contains("nimbus_host_agent_running_jobs 0");
      assertThat(get(agent, "/status")).contains("\"host\":\"host-1\"", "\"slots\":\"3\"");
    }
  }

  @Test
  void aHostThatLacksIsolationIsRefusedWithItsName() {
    executor.answerProbe(
        new Probe(
            Probe.Readiness.REDUCED,
            new Size(1_000, 1 << 30),
            List.of(new Probe.Check("seccomp", Probe.Verdict.REDUCED, "no filter", "upgrade"))));

    assertThatThrownBy(() -> start(OnStop.LEAVE))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("seccomp");
  }

  private HostAgent start(OnStop onStop) {
    var config =
        new HostAgentConfig(
            services.uri(),
            new Secret("agent"),
            home,
            new HostId("host-1"),
            List.of("gpu"),
            3,
            0,
            0,
            false,
            new IsolationPolicy.Require(),
            Duration.ofMinutes(2),
            DiskLimits.NONE,
            1 << 20,
            1 << 20,
            "127.0.0.1",
            0,
            Secret.NONE,
            onStop,
            home.resolve("runners"),
            List.of());
    return HostAgent.start(config, executor, new Metrics());
  }

  private static int status(HostAgent agent, String path) throws IOException {
    return open(agent, path).getResponseCode();
  }

  private static String get(HostAgent agent, String path) throws IOException {
    try (var in = open(agent, path).getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpURLConnection open(HostAgent agent, String path) throws IOException {
    var uri = URI.create("http://127.0.0.1:" + agent.port() + path);
    return (HttpURLConnection) uri.toURL().openConnection();
  }
}
