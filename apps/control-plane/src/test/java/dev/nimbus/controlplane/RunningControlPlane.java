package dev.nimbus.controlplane;

import dev.nimbus.api.client.AgentClient;
import dev.nimbus.api.client.ControlPlaneClient;
import dev.nimbus.api.host.RegisterHost;
import dev.nimbus.api.lease.Grant;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Audience;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A control plane on a free port with a database of its own, and clients for whoever asks. */
final class RunningControlPlane implements AutoCloseable {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final ControlPlane.Ground ground;
  private final ControlPlane plane;

  RunningControlPlane(Path home, Duration leaseTtl) {
    var config =
        new ControlPlaneConfig(
            "127.0.0.1",
            0,
            home,
            "sqlite:" + home.resolve("nimbus.db"),
            URI.create("http://127.0.0.1:1"),
            URI.create("http://127.0.0.1:1"),
            leaseTtl,
            3,
            Duration.ofSeconds(90),
            Duration.ofHours(24),
            Duration.ofDays(90),
            Path.of(""),
            Duration.ofSeconds(5),
            Secret.NONE,
            List.of(),
            JobRate.NONE,
            Duration.ofHours(24),
            URI.create(""));
    ground = ControlPlane.Ground.open(config, new Metrics(), Ids.random(), this::now);
    plane =
        ControlPlane.start(ground, new Grant.Services("http://127.0.0.1:1", "http://127.0.0.1:1"));
  }

  /** Its clock goes ahead. */
  void pass(Duration time) {
    ahead.updateAndGet(time::plus);
  }

  private Instant now() {
    return SystemTime.clock().instant().plus(ahead.get());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + plane.port());
  }

  String token(Audience audience, String subject, String org, boolean everyOrg) {
    var wanted =
        new Issuing.Wanted(
            audience, subject, new OrgId(org), everyOrg, Set.of(), Duration.ofHours(1));
    return ground.issuing().issue(wanted, "test").token();
  }

  ControlPlaneClient operator() {
    var token = token(Audience.ADMIN, "operator", "default", true);
    return new ControlPlaneClient(uri(), () -> token);
  }

  ControlPlaneClient tenant(String org) {
    var token = token(Audience.ADMIN, "ann", org, false);
    return new ControlPlaneClient(uri(), () -> token);
  }

  AgentClient agent(String host, String org) {
    var token = token(Audience.AGENT, host, org, false);
    return new AgentClient(uri(), () -> token);
  }

  /** An agent whose host has registered with room for four jobs. */
  AgentClient registered(String host, String org, String... labels) {
    var agent = agent(host, org);
    agent.register(
        new RegisterHost(
            host, false, List.of(labels), 4_000, 8L << 30, 4, List.of(), "1", List.of()));
    return agent;
  }

  @Override
  public void close() {
    plane.close();
  }
}
