package dev.nimbus.e2e.dashboard;

import com.sun.net.httpserver.HttpExchange;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The server-sent events of a fake job. A browser that hangs up ends them. */
final class FakeStream {
  private FakeStream() {}

  static void events(HttpExchange exchange, FakeJob job) throws IOException, InterruptedException {
    begin(exchange);
    var known = 0L;
    while (!job.ended() || known < job.view().revision()) {
      var view = job.changedSince(known);
      known = view.revision();
      send(exchange, "event: job\ndata: " + Json.text(view) + "\n\n");
    }
  }

  static void log(HttpExchange exchange, FakeJob job) throws IOException, InterruptedException {
    begin(exchange);
    var sent = 0;
    while (true) {
      var ended = job.ended();
      var batch = new StringBuilder();
      for (var line : job.linesAfter(sent)) {
        sent++;
        batch.append("event: line\nid: ").append(line.attempt()).append('.').append(sent);
        batch.append("\ndata: ").append(Json.text(line)).append("\n\n");
      }
      if (ended) {
        send(exchange, batch + "event: end\ndata: {}\n\n");
        return;
      }
      send(exchange, batch.toString());
    }
  }

  private static void begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }
}
