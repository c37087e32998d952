package dev.nimbus.service.http;

import dev.nimbus.service.config.Secret;
import java.time.Duration;

/**
 * Where a service listens and what it puts up with.
 *
 * @param port 0 for any free one
 * @param shutdownGrace how long requests may take to end when the service closes
 * @param metricsToken what {@link Access.Probe} routes ask for; without one, only clients on this
 *     machine are let in
 */
public record HttpConfig(
    String host, int port, Duration shutdownGrace, Secret metricsToken, Limits limits) {
  /** Without a metrics token, and with ten seconds of grace. */
  public static HttpConfig of(String host, int port) {
    return new HttpConfig(host, port, Duration.ofSeconds(10), Secret.NONE, Limits.USUAL);
  }

  public HttpConfig withMetricsToken(Secret token) {
    return new HttpConfig(host, port, shutdownGrace, token, limits);
  }

  public HttpConfig withShutdownGrace(Duration grace) {
    return new HttpConfig(host, port, grace, metricsToken, limits);
  }

  public HttpConfig withLimits(Limits other) {
    return new HttpConfig(host, port, shutdownGrace, metricsToken, other);
  }

  /**
   * Bounds against clients that are slow, greedy or many.
   *
   * @param headerBytes all headers of a request together
   * @param headTimeout from its first byte until its headers are complete
   * @param stallTimeout the longest wait for the next bytes of a body, or for the client to take
   *     bytes of an answer
   * @param bodyTimeout the longest a body that is kept in memory may take to arrive as a whole
   * @param connections open at a time; more wait to be accepted
   */
  public record Limits(
      int headerBytes,
      Duration headTimeout,
      Duration stallTimeout,
      Duration bodyTimeout,
      int connections) {
    public static final Limits USUAL =
        new Limits(
            16 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            20_000);
  }
}
