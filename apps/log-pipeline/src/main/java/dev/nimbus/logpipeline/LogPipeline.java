package dev.nimbus.logpipeline;

import dev.nimbus.adapters.logs.EmbeddedLogStore;
import dev.nimbus.adapters.logs.StoreLimits;
import dev.nimbus.api.Paths;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.logpipeline.follow.Watchers;
import dev.nimbus.logpipeline.http.AppendRoute;
import dev.nimbus.logpipeline.http.PipelineMetrics;
import dev.nimbus.logpipeline.http.ReadRoutes;
import dev.nimbus.logpipeline.http.StatusRoute;
import dev.nimbus.logpipeline.upkeep.Upkeep;
import dev.nimbus.service.http.ApiDocument;
import dev.nimbus.service.http.Authenticator;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Probes;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.loop.Loop;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.token.AskedRevocations;
import dev.nimbus.service.token.PublishedKeys;
import dev.nimbus.service.token.TokenVerifier;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running logging pipeline: everything built in order, closed backwards. */
public final class LogPipeline implements AutoCloseable {
  private static final ApiDocument.About ABOUT =
      new ApiDocument.About(
          "Nimbus logging pipeline",
          ServiceStatus.VERSION,
          "Every call is for the tenant of its token; a job's token is for that job only.");
  private static final Duration TIDY_EVERY = Duration.ofSeconds(5);
  private static final JobId NOBODY = new JobId("nobody");

  private final EmbeddedLogStore store;
  private final HttpServer server;
  private final Loop upkeep;
  private final Runnable last;

  private LogPipeline(EmbeddedLogStore store, HttpServer server, Loop upkeep, Runnable last) {
    this.store = store;
    this.server = server;
    this.upkeep = upkeep;
    this.last = last;
  }

  /**
   * Serves whoever the control plane's published keys vouch for. Tokens of people are asked about;
   * those of jobs are not, so that lines are taken while the control plane is away.
   */
  public static LogPipeline start(LogPipelineConfig config, Metrics metrics, InstantSource time) {
    var keys = new PublishedKeys(URI.create(config.controlPlane() + Paths.JWKS), time);
    var revocations =
        new AskedRevocations(
            URI.create(config.controlPlane() + Paths.TOKEN_SELF),
            config.tokenChecks(),
            AskedRevocations::recorded,
            time);
    Runnable last =
        () -> {
          revocations.close();
          keys.close();
        };
    try {
      return start(config, new TokenVerifier(keys, revocations, time), metrics, time, last);
    } catch (RuntimeException e) {
      last.run();
      throw e;
    }
  }

  /**
   * Serves whoever the authenticator believes, by bearer token only.
   *
   * @throws dev.nimbus.core.error.NimbusException when the store cannot be opened or the port is
   *     taken
   */
  public static LogPipeline start(
      LogPipelineConfig config, Authenticator authenticator, Metrics metrics, InstantSource time) {
    return start(config, authenticator, metrics, time, () -> {});
  }

  private static LogPipeline start(
      LogPipelineConfig config,
      Authenticator authenticator,
      Metrics metrics,
      InstantSource time,
      Runnable last) {
    var store = EmbeddedLogStore.open(config.folder(), StoreLimits.upTo(config.maxBytes()), time);
    try {
      var upkeep = new Upkeep(store, config.retention(), time, metrics);
      var http =
          HttpConfig.of(config.listenHost(), config.port()).withMetricsToken(config.metricsToken());
      var server =
          HttpServer.start(http, routes(store, metrics, time), bearerOnly(authenticator), metrics);
      var loop = Loop.start("logs", TIDY_EVERY, metrics, upkeep::step);
      return new LogPipeline(store, server, loop, last);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops taking requests, lets those under way end, and closes the store. */
  @Override
  public void close() {
    server.close();
    upkeep.close();
    store.close();
    last.run();
  }

  /** Browsers send a cookie to every port of a machine; here only programs call. */
  private static Authenticator bearerOnly(Authenticator authenticator) {
    return token -> authenticator.authenticate(token);
  }

  private static List<Route> routes(LogStore store, Metrics metrics, InstantSource time) {
    var watchers = new Watchers();
    metrics.sample("nimbus_logs_followers", "Followers of a job's log.", watchers::count);
    var counts = new PipelineMetrics(metrics);
    var routes = new ArrayList<Route>();
    routes.add(new AppendRoute(store, watchers, counts).route());
    routes.addAll(new ReadRoutes(store, watchers, counts).routes());
    routes.add(new StatusRoute(store, watchers, time.instant()).route());
    routes.addAll(Probes.routes(metrics, Map.of("store", () -> readable(store))));
    routes.add(ApiDocument.route(ABOUT, routes));
    return routes;
  }

  private static Optional<String> readable(LogStore store) {
    var _ = store.last(OrgId.DEFAULT, NOBODY);
    return Optional.empty();
  }
}
