package dev.nimbus.cli.daemon;

import dev.nimbus.api.lease.Grant;
import dev.nimbus.cacheproxy.CacheProxy;
import dev.nimbus.cacheproxy.CacheProxyConfig;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.controlplane.ControlPlane;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.hostagent.HostAgent;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.logpipeline.LogPipeline;
import dev.nimbus.logpipeline.LogPipelineConfig;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import dev.nimbus.service.token.Audience;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Every service in one process, on embedded defaults: built in order, closed backwards. The only
 * place that sees every app.
 */
final class AllInOne implements AutoCloseable {
  private static final Duration LIFETIME = Duration.ofDays(366);
  private static final Duration REGISTERING = Duration.ofSeconds(10);

  private final ControlPlane.Ground ground;
  private final Map<String, String> urls = new LinkedHashMap<>();
  private final Deque<Runnable> closing = new ArrayDeque<>();

  private AllInOne(ControlPlane.Ground ground) {
    this.ground = ground;
  }

  /**
   * Starts everything but the host agent.
   *
   * @param home where all of it is kept
   */
  static AllInOne start(Settings settings, Path home, InstantSource time) {
    var controlPlane = ControlPlaneConfig.read(settings, home);
    var logs = LogPipelineConfig.read(settings, home);
    var cache = CacheProxyConfig.read(settings, home);
    settings.done();
    var ground = ControlPlane.Ground.open(controlPlane, new Metrics(), Ids.random(), time);
    var all = new AllInOne(ground);
    try {
      all.services(logs, cache, time);
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private void services(LogPipelineConfig logs, CacheProxyConfig cache, InstantSource time) {
    closing.push(ground::close);
    var pipeline = LogPipeline.start(logs, ground.authenticator(), new Metrics(), time);
    closing.push(pipeline::close);
    var proxy = CacheProxy.start(cache, ground.authenticator(), new Metrics(), time);
    closing.push(proxy::close);
    var services = new Grant.Services(url(pipeline.port()), url(proxy.port()));
    var controlPlane = ControlPlane.start(ground, services);
    closing.removeLast();
    closing.push(controlPlane::close);
    urls.put(Daemon.CONTROL_PLANE, url(controlPlane.port()));
    urls.put("cache-proxy", services.cacheUrl());
    urls.put("logging-pipeline", services.logsUrl());
  }

  /** Starts the host agent and waits until it can be given jobs. */
  void startAgent(Function<Map<String, String>, Settings> settings) throws InterruptedException {
    var token = token(Audience.AGENT, "this-machine");
    var given =
        Map.of(
            HostAgentConfig.CONTROL_PLANE_URL.variable(), urls.get(Daemon.CONTROL_PLANE),
            HostAgentConfig.CONTROL_PLANE_TOKEN.variable(), token);
    var read = settings.apply(given);
    var config = HostAgentConfig.read(read);
    read.done();
    var agent = HostAgent.start(config, new Metrics());
    closing.push(agent::close);
    urls.put("host-agent", url(agent.port()));
    var _ = agent.awaitRegistered(REGISTERING);
  }

  /** A token for everything, good for a year. */
  String token(Audience audience, String subject) {
    var wanted =
        new Issuing.Wanted(audience, subject, OrgId.DEFAULT, true, Set.of("every-org"), LIFETIME);
    return ground.issuing().issue(wanted, "nimbus up").token();
  }

  /** Where a browser signs in, once. */
  String signInLink() {
    var link = ground.signIn().offer(OrgId.DEFAULT, "cli", true);
    return urls.get(Daemon.CONTROL_PLANE) + "/sign-in?code=" + link.code();
  }

  Map<String, String> urls() {
    return Map.copyOf(urls);
  }

  /** Ports are looked at from this machine, whatever addresses they are open on besides. */
  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** Ends everything, the newest first. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
