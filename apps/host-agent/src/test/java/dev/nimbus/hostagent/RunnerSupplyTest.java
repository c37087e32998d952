package dev.nimbus.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.id.HostId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.hostagent.runner.RunnerDownload;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.testkit.executor.MemoryExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose runners are still on their way, from a place a test holds back. */
final class RunnerSupplyTest {
  private static final SandboxId JOB = SandboxId.parse("j-1.1");
  private static final byte[] PROGRAM = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
  private static final String LABEL = "runner:forgejo-runner";

  @TempDir Path home;

  private final FakeServices services = new FakeServices();
  private final MemoryExecutor executor = new MemoryExecutor();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private HttpServer publisher;

  @BeforeEach
  void publish() throws IOException {
    publisher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    publisher.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    publisher.createContext(
        "/",
        exchange -> {
          asked.countDown();
          try {
            letGo.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, PROGRAM.length);
          try (var out = exchange.getResponseBody()) {
            out.write(PROGRAM);
          }
        });
    publisher.start();
  }

  @AfterEach
  void close() {
    letGo.countDown();
    publisher.stop(0);
    services.close();
  }

  @Test
  void jobsOfAnEarlierLifeAreKeptAndNewOnesTakenWhileARunnerIsBrought() throws Exception {
    try (var _ = start(List.of())) {
      services.queue("j-1", List.of("hang"));
      services.link.await(() -> services.link.started().contains(JOB));
    }
    var before = services.link.kept(JOB);

    try (var _ = startInTime()) {
      asked.await();
      services.link.await(() -> services.link.kept(JOB) > before);
      services.queue("j-2", List.of("hang"));
      services.link.await(() -> services.link.started().contains(SandboxId.parse("j-2.1")));

      assertThat(services.link.registrations().getLast().labels()).doesNotContain(LABEL);
      executor.sandbox(JOB).end(new Exit.Exited(0));
    }
  }

  @Test
  void aRunnerIsOfferedOnceItIsThereAndNoJobIsLostByThat() throws Exception {
    try (var _ = startInTime()) {
      services.queue("j-1", List.of("hang"));
      services.link.await(() -> services.link.started().contains(JOB));
      letGo.countDown();
      services.link.await(() -> services.link.registrations().size() == 2);
      services.link.await(() -> services.link.polls().getLast().slots() == 2);

      assertThat(services.link.registrations().getFirst().labels()).doesNotContain(LABEL);
      assertThat(services.link.registrations().getLast().labels()).contains(LABEL);
      assertThat(services.link.registrations().getLast().held()).containsExactly("j-1.1");
      assertThat(executor.sandbox(JOB).running()).isTrue();
    }
  }

  @Test
  void anAgentThatEndsDoesNotWaitForARunner() throws Exception {
    try (var _ = startInTime()) {
      asked.await();
    }

    assertThat(letGo.getCount()).isOne();
  }

  /** Fails when the start waits for its runners, which nobody lets go. */
  private HostAgent startInTime() throws Exception {
    var starting = new FutureTask<>(() -> start(List.of(download())));
    Thread.ofVirtual().start(starting);
    services.link.await(starting::isDone);
    return starting.get();
  }

  private HostAgent start(List<RunnerDownload> downloads) {
    var config =
        new HostAgentConfig(
            services.uri(),
            new Secret("agent"),
            home,
            new HostId("host-1"),
            List.of(),
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
            OnStop.LEAVE,
            home.resolve("runners"),
            downloads);
    return HostAgent.start(config, executor, new Metrics());
  }

  private RunnerDownload download() throws Exception {
    var sum = MessageDigest.getInstance("SHA-256").digest(PROGRAM);
    var uri = URI.create("http://127.0.0.1:%d/it".formatted(publisher.getAddress().getPort()));
    return new RunnerDownload(ForgeKind.FORGEJO, uri, HexFormat.of().formatHex(sum));
  }
}
