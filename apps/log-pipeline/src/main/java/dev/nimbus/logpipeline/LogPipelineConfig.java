package dev.nimbus.logpipeline;

import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.token.TokenChecks;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a logging pipeline is told at start.
 *
 * @param port 0 for any free one
 * @param folder where the lines are kept
 * @param retention how long a line is kept
 * @param maxBytes beyond this the oldest lines go
 * @param metricsToken empty to answer metrics to loopback clients only
 * @param controlPlane whose tokens are believed
 * @param tokenChecks how long its word about a token is believed
 */
public record LogPipelineConfig(
    String listenHost,
    int port,
    Path folder,
    Duration retention,
    long maxBytes,
    Secret metricsToken,
    URI controlPlane,
    TokenChecks tokenChecks) {
  public static final Key<String> LISTEN_HOST =
      Key.text("logs-listen-host", "Address the logging pipeline listens on.", "127.0.0.1");
  public static final Key<Integer> PORT =
      Key.number(
          "logs-port", "Port of the logging pipeline; 0 takes any free one.", "8002", 0, 65_535);
  public static final Key<Path> PATH =
      Key.path("logs-path", "Folder that keeps log lines; logs in the home when absent.", "");
  public static final Key<Duration> RETENTION =
      Key.duration("logs-retention", "How long log lines are kept.", "30d");
  public static final Key<Long> MAX_BYTES =
      Key.bytes("logs-max-bytes", "Disk for log lines; beyond it the oldest go.", "10GiB");
  public static final Key<Secret> METRICS_TOKEN =
      Key.secret(
          "logs-metrics-token",
          "Bearer token for the pipeline's /metrics; only loopback clients are answered when"
              + " absent.");
  public static final Key<URI> CONTROL_PLANE_URL =
      Key.uri("control-plane-url", "Address of the control plane.", "http://127.0.0.1:8000");

  private static final long LEAST_BYTES = 16 << 20;

  /** Every key this record is read from. */
  public static List<Key<?>> keys() {
    return List.of(
        LISTEN_HOST,
        PORT,
        PATH,
        RETENTION,
        MAX_BYTES,
        METRICS_TOKEN,
        CONTROL_PLANE_URL,
        TokenChecks.EVERY,
        TokenChecks.GRACE);
  }

  /** Reads the keys; mistakes are left with the settings. */
  public static LogPipelineConfig read(Settings settings, Path home) {
    var config =
        new LogPipelineConfig(
            settings.read(LISTEN_HOST),
            settings.read(PORT),
            settings.find(PATH).orElse(home.resolve("logs")),
            settings.read(RETENTION),
            settings.read(MAX_BYTES),
            settings.find(METRICS_TOKEN).orElse(Secret.NONE),
            settings.read(CONTROL_PLANE_URL),
            TokenChecks.read(settings));
    if (config.maxBytes < LEAST_BYTES) {
      settings.problem("'logs-max-bytes' is less than 16MiB, which holds no useful log.");
    }
    if (!config.retention.isPositive()) {
      settings.problem("'logs-retention' must be longer than nothing.");
    }
    return config;
  }
}
