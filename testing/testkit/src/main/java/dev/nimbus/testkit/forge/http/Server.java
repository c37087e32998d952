package dev.nimbus.testkit.forge.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nimbus.testkit.forge.Observed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** Speaks HTTP on this machine. */
public final class Server implements AutoCloseable {
  private final HttpServer server;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Consumer<Observed>> observers = new CopyOnWriteArrayList<>();

  private Server(HttpServer server) {
    this.server = server;
  }

  /** Listens, and answers nothing yet. */
  public static Server listen() {
    try {
      var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new Server(HttpServer.create(local, 0));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on this machine", e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void start(Function<Call, Answer> calls) {
    server.createContext("/", exchange -> answer(exchange, calls));
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
  }

  public void observe(Consumer<Observed> observer) {
    observers.add(observer);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange, Function<Call, Answer> calls) throws IOException {
    try (exchange) {
      var call = call(exchange);
      var answer = answered(call, calls);
      observers.forEach(observer -> observer.accept(observed(call, answer)));
      if (answer.lost()) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      var length = answer.body().length;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** A mistake of the fake is an answer, as a connection that only closes says nothing about it. */
  private static Answer answered(Call call, Function<Call, Answer> calls) {
    try {
      return calls.apply(call);
    } catch (RuntimeException e) {
      var text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      return new Answer(500, Map.of(), text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Call call(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
    var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    var body = exchange.getRequestBody().readAllBytes();
    return new Call(exchange.getRequestMethod(), uri.getRawPath(), query, headers, body);
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    var lower = new TreeMap<String, String>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }

  private static Observed observed(Call call, Answer answer) {
    return new Observed(
        call.method(),
        call.path(),
        call.query(),
        call.headers(),
        new String(call.body(), StandardCharsets.UTF_8),
        answer.status(),
        lowerCase(answer.headers()),
        new String(answer.body(), StandardCharsets.UTF_8));
  }
}
