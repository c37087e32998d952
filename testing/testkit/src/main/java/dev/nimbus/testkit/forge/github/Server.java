package dev.nimbus.testkit.forge.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Speaks HTTP on this machine, as a GitHub Enterprise Server does. */
final class Server implements AutoCloseable {
  static final String PREFIX = "/api/v3";

  /** Where scale sets are. */
  static final String TENANT = "/tenant/7";

  private final HttpServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Server(HttpServer server) {
    this.server = server;
  }

  /** Listens, and answers nothing yet. */
  static Server listen() {
    try {
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new Server(HttpServer.create(local, 0));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on this machine", e);
    }
  }

  /** Where people find it. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  URI base() {
    return URI.create(url() + PREFIX);
  }

  void start(Calls calls, Calls tenant) {
    server.createContext("/", exchange -> answer(exchange, PREFIX, calls));
    server.createContext(TENANT, exchange -> answer(exchange, TENANT, tenant));
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, String prefix, Calls calls) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var headers = new TreeMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
      var path = uri.getPath();
      var below = path.startsWith(prefix + "/") ? path.substring(prefix.length()) : "";
      var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      var body = exchange.getRequestBody().readAllBytes();
      var call = new Call(exchange.getRequestMethod(), below, query, headers, body);
      send(exchange, calls.answer(call));
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var body = bytes(answer.body());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  static byte[] bytes(Object body) {
    return switch (body) {
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      case byte[] written -> written;
      default -> Json.write(body);
    };
  }

  /** Answers every call. */
  @FunctionalInterface
  interface Calls {
    Answer answer(Call call);
  }

  @SuppressWarnings("ArrayRecordComponent") // Read once; never compared.
  record Call(String method, String path, String query, Map<String, String> headers, byte[] body) {
    boolean change() {
      return !method.equals("GET");
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }
}
