package dev.nimbus.testkit.provider.metadata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The metadata services of EC2, Compute Engine and Azure at one address, as far as they tell a
 * machine that it is taken back. As strict as they are: without the header or token each wants,
 * nothing is told.
 */
public final class FakeMetadata implements AutoCloseable {
  private static final String TOKEN = "AQAEAtoken==";

  private final HttpServer server;
  private final AtomicReference<Instant> takenAt = new AtomicReference<>(Instant.MAX);

  private FakeMetadata(HttpServer server) {
    this.server = server;
  }

  public static FakeMetadata start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var fake = new FakeMetadata(server);
    server.createContext("/latest/api/token", fake::token);
    server.createContext("/latest/meta-data/spot/instance-action", fake::aws);
    server.createContext("/computeMetadata/v1/instance/preempted", fake::gcp);
    server.createContext("/metadata/scheduledevents", fake::azure);
    server.start();
    return fake;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on the machine is told that it is taken back, after so long. */
  public void takeBack(Instant now, Duration left) {
    takenAt.set(now.plus(left));
  }

  /** From now on it is not. */
  public void leave() {
    takenAt.set(Instant.MAX);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void token(HttpExchange exchange) throws IOException {
    var lasts = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token-ttl-seconds");
    var fine = exchange.getRequestMethod().equals("PUT") && lasts != null;
    answer(exchange, fine ? 200 : 400, fine ? TOKEN : "");
  }

  private void aws(HttpExchange exchange) throws IOException {
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
      answer(exchange, 401, "");
    } else if (told()) {
      answer(
          exchange, 200, "{\"action\": \"terminate\", \"time\": \"%s\"}".formatted(takenAt.get()));
    } else {
      answer(exchange, 404, "<html>Not Found</html>");
    }
  }

  private void gcp(HttpExchange exchange) throws IOException {
    if ("Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))) {
      answer(exchange, 200, told() ? "TRUE" : "FALSE");
    } else {
      answer(exchange, 403, "");
    }
  }

  private void azure(HttpExchange exchange) throws IOException {
    var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
    if (!"true".equals(exchange.getRequestHeaders().getFirst("Metadata"))
        || !query.startsWith("api-version=")) {
      answer(exchange, 400, "");
      return;
    }
    var events = told() ? event() : "";
    answer(exchange, 200, "{\"DocumentIncarnation\":1,\"Events\":[%s]}".formatted(events));
  }

  private String event() {
    var when = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    return "{\"EventId\":\"1\",\"EventType\":\"Preempt\",\"NotBefore\":\"%s\"}"
        .formatted(when.format(takenAt.get()).replace("Z", "GMT"));
  }

  private boolean told() {
    return takenAt.get().isBefore(Instant.MAX);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
