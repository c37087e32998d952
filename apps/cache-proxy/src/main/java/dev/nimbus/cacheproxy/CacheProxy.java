package dev.nimbus.cacheproxy;

import dev.nimbus.adapters.blobs.FileBlobStore;
import dev.nimbus.api.Paths;
import dev.nimbus.service.http.HttpConfig;
import dev.nimbus.service.http.HttpServer;
import dev.nimbus.service.http.Probes;
import dev.nimbus.service.http.Route;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.KeySource;
import dev.nimbus.service.token.PublishedKeys;
import dev.nimbus.service.token.Revocations;
import dev.nimbus.service.token.SharedSecrets;
import dev.nimbus.service.token.TokenVerifier;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** A running cache proxy: everything built in order, closed backwards. */
public final class CacheProxy implements AutoCloseable {
  private final FileBlobStore store;
  private final HttpServer server;
  private final Runnable closeKeys;

  private CacheProxy(FileBlobStore store, HttpServer server, Runnable closeKeys) {
    this.store = store;
    this.server = server;
    this.closeKeys = closeKeys;
  }

  /** Serves, believing tokens signed by the keys the configured control plane publishes. */
  public static CacheProxy start(CacheProxyConfig config, InstantSource time) {
    var keys = new PublishedKeys(config.controlPlane().resolve(Paths.JWKS), time);
    return start(config, keys, keys::close, time);
  }

  /** Serves inside a process that knows the keys itself. */
  public static CacheProxy start(CacheProxyConfig config, KeySource keys, InstantSource time) {
    return start(config, keys, () -> {}, time);
  }

  private static CacheProxy start(
      CacheProxyConfig config, KeySource keys, Runnable closeKeys, InstantSource time) {
    var metrics = new Metrics();
    var secrets = SharedSecrets.none().with(Audience.JOB, config.sharedSecret());
    var verifier = new TokenVerifier(keys, Revocations.none(), secrets, time);
    var store = FileBlobStore.open(config.folder(), config.maxBytes(), time);
    StoreMetrics.register(metrics, store);
    var routes = new ArrayList<Route>();
    routes.addAll(new CacheRoutes(store, config.maxArtifactBytes(), new Traffic(metrics)).routes());
    routes.add(new StatusRoute(store, config.maxBytes(), time.instant()).route());
    routes.addAll(
        Probes.routes(
            metrics, Map.of("storage", () -> writable(config), "keys", () -> known(keys))));
    var http =
        HttpConfig.of(config.host(), config.port())
            .withMetricsToken(config.metricsToken())
            .withShutdownGrace(config.shutdownGrace());
    try {
      return new CacheProxy(store, HttpServer.start(http, routes, verifier, metrics), closeKeys);
    } catch (RuntimeException e) {
      store.close();
      closeKeys.run();
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
    closeKeys.run();
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
