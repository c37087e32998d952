package dev.nimbus.hostagent;

import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.id.HostId;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.metrics.Metrics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An agent that runs real sandboxes, in a process that waits to be killed. */
final class AgentThatDies {
  private AgentThatDies() {}

  public static void main(String[] arguments) throws InterruptedException {
    var config = config(URI.create(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    try (var _ = HostAgent.start(config, new Metrics())) {
      new CountDownLatch(1).await();
    }
  }

  static HostAgentConfig config(URI controlPlane, Path home, Path tools) {
    return new HostAgentConfig(
        controlPlane,
        new Secret("agent"),
        home,
        new HostId("host-1"),
        List.of(),
        3,
        0,
        0,
        false,
        new IsolationPolicy.AllowReduced(),
        Duration.ofMinutes(2),
        new DiskLimits(0, 1 << 20),
        1 << 20,
        1 << 20,
        "127.0.0.1",
        0,
        Secret.NONE,
        OnStop.KILL,
        tools,
        List.of());
  }
}
