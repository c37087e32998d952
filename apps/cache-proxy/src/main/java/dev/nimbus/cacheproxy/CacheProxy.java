package dev.nimbus.cacheproxy;

import dev.nimbus.adapters.blobs.FileBlobStore;
import dev.nimbus.api.Paths;
import dev.nimbus.api.ServiceStatus;
import dev.nimbus.service.http.ApiDocument;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Probes;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.token.AskedRevocations;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.KeySource;
import dev.nimbus.service.token.PublishedKeys;
import dev.nimbus.service.token.Revocations;
import dev.nimbus.service.token.SharedSecrets;
import dev.nimbus.service.token.TokenVerifier;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** A running cache proxy: everything built in order, closed backwards. */
public final class CacheProxy implements AutoCloseable {
  private static final ApiDocument.About ABOUT =
      new ApiDocument.About(
          "Nimbus cache proxy",
          ServiceStatus.VERSION,
          "Every call is for the tenant of its token, and its keys are that tenant's own.");

  private final FileBlobStore store;
  private final HttpServer server;
  private final Runnable last;

  private CacheProxy(FileBlobStore store, HttpServer server, Runnable last) {
    this.store = store;
    this.server = server;
    this.last = last;
  }

  /** Serves, believing tokens signed by the keys the configured control plane publishes. */
  public static CacheProxy start(CacheProxyConfig config, InstantSource time) {
    var keys = new PublishedKeys(address(config, Paths.JWKS), time);
    var revocations =
        new AskedRevocations(
            address(config, Paths.TOKEN_SELF),
            config.tokenChecks(),
            AskedRevocations::recordedOrLeased,
            time);
    Runnable last =
        () -> {
          revocations.close();
          keys.close();
        };
    return start(config, keys, revocations, last, time);
  }

  /** Serves inside a process that knows the keys and the revocations itself. */
  public static CacheProxy start(
      CacheProxyConfig config, KeySource keys, Revocations revocations, InstantSource time) {
    return start(config, keys, revocations, () -> {}, time);
  }

  private static CacheProxy start(
      CacheProxyConfig config,
      KeySource keys,
      Revocations revocations,
      Runnable last,
      InstantSource time) {
    var metrics = new Metrics();
    var secrets = SharedSecrets.none().with(Audience.JOB, config.sharedSecret());
    var verifier = new TokenVerifier(keys, revocations, secrets, time);
    var store = FileBlobStore.open(config.folder(), config.maxBytes(), time);
    StoreMetrics.register(metrics, store);
    var routes = new ArrayList<Route>();
    routes.addAll(new CacheRoutes(store, config.maxArtifactBytes(), new Traffic(metrics)).routes());
    routes.add(new StatusRoute(store, config.maxBytes(), time.instant()).route());
    routes.addAll(
        Probes.routes(
            metrics, Map.of("storage", () -> writable(config), "keys", () -> known(keys))));
    routes.add(ApiDocument.route(ABOUT, routes));
    var http =
        HttpConfig.of(config.host(), config.port())
            .withMetricsToken(config.metricsToken())
            .withShutdownGrace(config.shutdownGrace());
    try {
      return new CacheProxy(store, HttpServer.start(http, routes, verifier, metrics), last);
    } catch (RuntimeException e) {
      store.close();
      last.run();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops taking requests, lets those under way end, and gives the folder free. */
  @Override
  public void close() {
    server.close();
    store.close();
    last.run();
  }

  private static URI address(CacheProxyConfig config, String path) {
    return URI.create(config.controlPlane() + path);
  }

  private static Optional<String> writable(CacheProxyConfig config) {
    return Files.isWritable(config.folder())
        ? Optional.empty()
        : Optional.of("'" + config.folder() + "' is not writable");
  }

  private static Optional<String> known(KeySource keys) {
    return keys.keys().isEmpty() ? Optional.of("no verification keys") : Optional.empty();
  }
}
