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
import dev.nimbus.service.config.Key;
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
  private static final Duration DRAINING = Duration.ofSeconds(10);

  private final ControlPlane.Ground ground;
  private final Map<String, String> urls = new LinkedHashMap<>();
  private final Deque<Runnable> closing = new ArrayDeque<>();

  private int controlPlanePort;

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
    var proxy = CacheProxy.start(cache, ground.keys(), ground.revocations(), time);
    closing.push(proxy::close);
    var services = new Grant.Services(url(pipeline.port()), url(proxy.port()));
    var controlPlane = ControlPlane.start(ground, services);
    closing.removeLast();
    closing.push(controlPlane::close);
    controlPlanePort = controlPlane.port();
    urls.put(Daemon.CONTROL_PLANE, url(controlPlanePort));
    urls.put("cache-proxy", services.cacheUrl());
    urls.put("logging-pipeline", services.logsUrl());
  }

  /**
   * Starts the host agent and waits until it can be given jobs. Unless something else is
   * configured, it runs jobs with whatever isolation this machine offers, and when it ends it gives
   * them a moment before it stops and gives them back.
   */
  void startAgent(Function<Map<String, String>, Settings> settings) throws InterruptedException {
    var given = new LinkedHashMap<String, String>();
    given.put(HostAgentConfig.CONTROL_PLANE_URL.variable(), url(controlPlanePort));
    given.put(
        HostAgentConfig.CONTROL_PLANE_TOKEN.variable(), "made below, once the host has a name");
    unlessSet(settings, given, HostAgentConfig.ISOLATION_POLICY, "allow-reduced");
    unlessSet(settings, given, HostAgentConfig.ON_STOP, "kill");
    var host = read(settings.apply(given)).host().value();
    given.put(HostAgentConfig.CONTROL_PLANE_TOKEN.variable(), token(Audience.AGENT, host));
    var config = read(settings.apply(given));
    var agent = HostAgent.start(config, HostAgent.executor(config.home()), new Metrics());
    closing.push(() -> end(agent));
    urls.put("host-agent", url(agent.port()));
    var _ = agent.awaitRegistered(REGISTERING);
  }

  private static HostAgentConfig read(Settings settings) {
    var config = HostAgentConfig.read(settings);
    settings.done();
    return config;
  }

  private static void end(HostAgent agent) {
    try {
      var _ = agent.drain(DRAINING);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    agent.close();
  }

  /** What suits one machine of one person better than the default of a deployment. */
  private static void unlessSet(
      Function<Map<String, String>, Settings> settings,
      Map<String, String> given,
      Key<?> key,
      String value) {
    var set =
        settings.apply(given).explain().stream()
            .anyMatch(one -> one.name().equals(key.name()) && !one.source().equals("default"));
    if (!set) {
      given.put(key.variable(), value);
    }
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
    return url(controlPlanePort) + "/sign-in?code=" + link.code();
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
