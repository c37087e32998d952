package dev.nimbus.cacheproxy;

import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.token.TokenChecks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a cache proxy is told at start.
 *
 * @param folder where blobs are kept
 * @param maxBytes what all blobs together may take; the least recently used give way
 * @param maxArtifactBytes how large one blob may be
 * @param controlPlane whose published keys verify tokens
 * @param tokenChecks how long its word about a token is believed
 * @param sharedSecret signs tokens of jobs by HS256 beside those keys, where present
 * @param metricsToken empty to answer metrics to loopback clients only
 */
public record CacheProxyConfig(
    String host,
    int port,
    Path folder,
    long maxBytes,
    long maxArtifactBytes,
    URI controlPlane,
    TokenChecks tokenChecks,
    Secret sharedSecret,
    Secret metricsToken,
    Duration shutdownGrace) {

  public static final Key<String> HOST =
      Key.text("cache-host", "Address the cache proxy listens on", "127.0.0.1");
  public static final Key<Integer> PORT =
      Key.number("cache-port", "Port of the cache proxy; 0 takes any free one", "8001", 0, 65_535);
  public static final Key<Path> FOLDER =
      Key.path("cache-storage-path", "Where blobs are kept; cache in the home when absent", "");
  public static final Key<Long> MAX_BYTES =
      Key.bytes(
          "cache-max-bytes",
          "What all blobs together may take; the least recently used give way",
          "10GiB");
  public static final Key<Long> MAX_ARTIFACT_BYTES =
      Key.bytes("cache-max-artifact-bytes", "How large one blob may be", "2GiB");
  public static final Key<URI> CONTROL_PLANE =
      Key.uri("control-plane-url", "Address of the control plane", "http://127.0.0.1:8000");
  public static final Key<Secret> SHARED_SECRET =
      Key.secret(
          "cache-shared-secret", "Secret that signs tokens of jobs by HS256, beside the keys");
  public static final Key<Secret> METRICS_TOKEN =
      Key.secret(
          "cache-metrics-token",
          "Bearer token for /metrics; only loopback clients are answered when absent");
  public static final Key<Duration> SHUTDOWN_GRACE =
      Key.duration("shutdown-grace", "How long requests may take to end at shutdown", "10s");

  /** Every key this record is read from. */
  public static List<Key<?>> keys() {
    return List.of(
        HOST,
        PORT,
        FOLDER,
        MAX_BYTES,
        MAX_ARTIFACT_BYTES,
        CONTROL_PLANE,
        TokenChecks.EVERY,
        TokenChecks.GRACE,
        SHARED_SECRET,
        METRICS_TOKEN,
        SHUTDOWN_GRACE);
  }

  /** Reads the keys; mistakes are left with the settings. */
  public static CacheProxyConfig read(Settings settings, Path home) {
    var maxBytes = settings.read(MAX_BYTES);
    var maxArtifactBytes = settings.read(MAX_ARTIFACT_BYTES);
    if (maxArtifactBytes > maxBytes) {
      settings.problem(
          "'cache-max-artifact-bytes' (%d) is larger than 'cache-max-bytes' (%d)."
              .formatted(maxArtifactBytes, maxBytes));
    }
    return new CacheProxyConfig(
        settings.read(HOST),
        settings.read(PORT),
        settings.find(FOLDER).orElse(home.resolve("cache")),
        maxBytes,
        maxArtifactBytes,
        settings.read(CONTROL_PLANE),
        TokenChecks.read(settings),
        settings.find(SHARED_SECRET).orElse(Secret.NONE),
        settings.find(METRICS_TOKEN).orElse(Secret.NONE),
        settings.read(SHUTDOWN_GRACE));
  }
}
