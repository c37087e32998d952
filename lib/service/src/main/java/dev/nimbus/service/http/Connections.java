package dev.nimbus.service.http;

import dev.nimbus.service.time.SystemTime;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes every connection one of ours and watches over those that are open. */
final class Connections implements ServerConnectionSelector, AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(500);

  private final ServerConnectionSelector http1;
  private final Router router;
  private final HttpConfig.Limits limits;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Thread watch = Thread.ofVirtual().name("http-watch").unstarted(this::watch);

  Connections(Router router, HttpConfig.Limits limits) {
    this.router = router;
    this.limits = limits;
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxHeadersSize(limits.headerBytes())
                    .maxPrologueLength(limits.headerBytes())
                    .buildPrototype())
            .build();
    watch.start();
  }

  /** How many clients are connected. */
  int count() {
    return open.size();
  }

  @Override
  public void close() {
    watch.interrupt();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var connection = new Connection(context, router, limits);
    return new Watched(http1.connection(connection), connection);
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        SystemTime.sleep(BEAT);
        var now = SystemTime.nanos();
        open.forEach(connection -> connection.check(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Watched implements ServerConnection {
    private final ServerConnection handler;
    private final Connection connection;

    Watched(ServerConnection handler, Connection connection) {
      this.handler = handler;
      this.connection = connection;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      open.add(connection);
      try {
        handler.handle(limit);
      } finally {
        open.remove(connection);
      }
    }

    @Override
    public Duration idleTime() {
      return handler.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      handler.close(interrupt);
    }
  }
}
