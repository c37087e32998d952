package dev.nimbus.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A control plane that answers what a test told it to, and remembers what it was asked. */
public final class FakeControlPlane implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  public FakeControlPlane() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the next such request so; the last answer given is repeated. */
  public FakeControlPlane on(String request, Answer answer) {
    answers.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  public FakeControlPlane on(String request, String document) {
    return on(request, json(200, document));
  }

  public static Answer json(int status, String document) {
    return exchange -> send(exchange, status, "application/json", document);
  }

  public static Answer problem(int status, String kind, String detail) {
    var document =
        """
        {"type":"about:blank","title":"t","status":%d,"detail":"%s","kind":"%s","code":""}"""
            .formatted(status, detail, kind);
    return exchange -> send(exchange, status, "application/problem+json", document);
  }

  /** Events, and then the end of the connection. */
  public static Answer events(String... events) {
    return exchange ->
        send(exchange, 200, "text/event-stream", String.join("\n\n", events) + "\n\n");
  }

  public static String line(long attempt, long sequence, String text) {
    return line(attempt, sequence, "console", text, true);
  }

  public static String line(
      long attempt, long sequence, String source, String text, boolean complete) {
    return """
    event: line
    id: %d.%d
    data: {"attempt":%d,"sequence":%d,"source":"%s","level":"info","text":"%s","complete":%s}"""
        .formatted(attempt, sequence, attempt, sequence, source, text, complete);
  }

  public static String end() {
    return "event: end\ndata: {\"complete\":true}";
  }

  /** Requests like this one, in order. */
  public List<Asked> asked(String request) {
    return asked.stream().filter(one -> one.request.equals(request)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = new ConcurrentHashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    var query = exchange.getRequestURI().getRawQuery();
    asked.add(new Asked(request, query == null ? "" : query, headers, body));
    next(request).answer(exchange);
  }

  private Answer next(String request) {
    var queue = answers.get(request);
    if (queue == null) {
      return problem(404, "not_found", "no answer for " + request);
    }
    synchronized (queue) {
      return queue.size() > 1 ? queue.remove() : queue.element();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String document)
      throws IOException {
    var bytes = document.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** How one request is answered. */
  public interface Answer {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** One request that came. */
  public record Asked(String request, String query, Map<String, String> headers, String body) {
    public List<String> parameters() {
      return new ArrayList<>(List.of(query.split("&")));
    }
  }
}
