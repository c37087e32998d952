package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.loop.Shutdown;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A listening HTTP/1.1 server with one virtual thread per connection. */
public final class HttpServer implements AutoCloseable {
  /** Held so that its level stays set; the library announces itself at INFO. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private final WebServer server;
  private final Connections connections;
  private final Shutdown shutdown;

  private HttpServer(WebServer server, Connections connections, Shutdown shutdown) {
    this.server = server;
    this.connections = connections;
    this.shutdown = shutdown;
  }

  /** Listens and serves; {@code UNAVAILABLE} when the port cannot be had. */
  public static HttpServer start(
      HttpConfig config, List<Route> routes, Authenticator authenticator, Metrics metrics) {
    return start(config, routes, authenticator, metrics, new Shutdown());
  }

  /** The same, ending waits by a signal the caller also uses elsewhere. */
  public static HttpServer start(
      HttpConfig config,
      List<Route> routes,
      Authenticator authenticator,
      Metrics metrics,
      Shutdown shutdown) {
    HELIDON.setLevel(Level.WARNING);
    checkFree(config);
    var table = new RouteTable(routes.stream().map(route -> new Target(route, metrics)).toList());
    var gate = new Gate(authenticator, config.metricsToken());
    var kernel = new Kernel(table, gate, new Problems(Ids.random()), metrics, shutdown);
    var connections = new Connections(new OneRouter(kernel), config.limits());
    metrics.sample("nimbus_http_connections", "Open HTTP connections.", connections::count);
    try {
      var server = WebServer.create(settings(config, connections)).start();
      return new HttpServer(server, connections, shutdown);
    } catch (RuntimeException e) {
      connections.close();
      throw cannotListen(config, e);
    }
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return server.port();
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.count();
  }

  /**
   * Stops accepting, tells waiting requests to end, and lets all of them end within the grace. What
   * is left then is cut off. Closing again does nothing.
   */
  @Override
  public void close() {
    shutdown.request();
    server.stop();
    connections.close();
  }

  private static WebServerConfig settings(HttpConfig config, Connections connections) {
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        .shutdownHook(false)
        .shutdownGracePeriod(config.shutdownGrace())
        .maxTcpConnections(config.limits().connections())
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .concurrencyLimitDiscoverServices(false)
        .contentEncoding(
            ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
        .addConnectionSelector(connections)
        .directHandlers(TransportErrors.handlers())
        .writeBufferSize(16 << 10)
        .buildPrototype();
  }

  /** The library hides why it cannot listen, so this asks the system first. */
  private static void checkFree(HttpConfig config) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
    } catch (IOException e) {
      throw cannotListen(config, e);
    }
  }

  private static NimbusException cannotListen(HttpConfig config, Exception failure) {
    var why =
        switch (failure) {
          case UnknownHostException _ -> "no address has this name";
          case BindException e when String.valueOf(e.getMessage()).contains("in use") ->
              "address already in use; stop what uses it or choose another port";
          default -> String.valueOf(failure.getMessage());
        };
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot listen on %s:%d: %s".formatted(config.host(), config.port(), why),
        failure);
  }
}
