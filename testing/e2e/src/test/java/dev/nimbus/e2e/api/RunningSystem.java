package dev.nimbus.e2e.api;

import dev.nimbus.api.lease.Grant;
import dev.nimbus.cacheproxy.CacheProxy;
import dev.nimbus.cacheproxy.CacheProxyConfig;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.controlplane.ControlPlane;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.hostagent.HostAgent;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.logpipeline.LogPipeline;
import dev.nimbus.logpipeline.LogPipelineConfig;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Revocations;
import dev.nimbus.testkit.executor.MemoryExecutor;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Every service on free ports, with a metrics token, and an agent that runs nothing. Tokens of jobs
 * that nobody leased are believed, so that who may call is found by asking.
 */
public final class RunningSystem implements AutoCloseable {
  public static final String METRICS_TOKEN = "a-metrics-token-of-this-test-only";

  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Path home;

  private RunningSystem(Path home) {
    this.home = home;
  }

  public static RunningSystem start(Path home) {
    var system = new RunningSystem(home);
    try {
      system.services();
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  /** By the name of the service. */
  public Map<String, Integer> ports() {
    return ports;
  }

  public int port(String service) {
    return Objects.requireNonNull(ports.get(service), service);
  }

  public Path signingKey() {
    return home.resolve("keys").resolve("signing.key");
  }

  private void services() {
    var time = SystemTime.clock();
    var settings = settings("http://127.0.0.1:1");
    var config = ControlPlaneConfig.read(settings, home);
    var ground = ControlPlane.Ground.open(config, new Metrics(), Ids.random(), time);
    closing.push(ground::close);
    var logs = LogPipelineConfig.read(settings, home);
    var pipeline = LogPipeline.start(logs, ground.authenticator(), new Metrics(), time);
    closing.push(pipeline::close);
    var proxy = CacheProxyConfig.read(settings, home);
    var cache = CacheProxy.start(proxy, ground.keys(), Revocations.none(), time);
    closing.push(cache::close);
    var plane =
        ControlPlane.start(ground, new Grant.Services(url(pipeline.port()), url(cache.port())));
    closing.removeLast();
    closing.push(plane::close);
    ports.put("control plane", plane.port());
    ports.put("logging pipeline", pipeline.port());
    ports.put("cache proxy", cache.port());
    agent(HostAgentConfig.read(settings(url(plane.port()))));
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private void agent(HostAgentConfig config) {
    var agent = HostAgent.start(config, new MemoryExecutor(), new Metrics());
    closing.push(agent::close);
    ports.put("host agent", agent.port());
  }

  private Settings settings(String controlPlane) {
    var given = new LinkedHashMap<String, String>();
    for (var port : new String[] {"PORT", "LOGS_PORT", "CACHE_PORT", "AGENT_METRICS_PORT"}) {
      given.put("NIMBUS_" + port, "0");
    }
    for (var app : new String[] {"CONTROL_PLANE", "LOGS", "CACHE", "AGENT"}) {
      given.put("NIMBUS_" + app + "_METRICS_TOKEN", METRICS_TOKEN);
    }
    given.put("NIMBUS_HOME", home.toString());
    given.put("NIMBUS_CONTROL_PLANE_URL", controlPlane);
    given.put("NIMBUS_CONTROL_PLANE_TOKEN", "none");
    given.put("NIMBUS_AGENT_METRICS_HOST", "127.0.0.1");
    return Settings.load(Optional.empty(), given, Keys.all());
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
