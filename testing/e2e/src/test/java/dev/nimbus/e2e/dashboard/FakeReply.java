package dev.nimbus.e2e.dashboard;

import com.sun.net.httpserver.HttpExchange;
import dev.nimbus.api.problem.Problem;
import dev.nimbus.json.Json;
import java.io.IOException;

/** Answers of the fake site, in the shapes of the real one. */
final class FakeReply {
  private FakeReply() {}

  static void problem(HttpExchange exchange, int status, String kind, String detail)
      throws IOException {
    var problem = new Problem("about:blank", kind, status, detail, kind, "");
    send(exchange, status, "application/problem+json", Json.write(problem));
  }

  static void json(HttpExchange exchange, int status, Object body) throws IOException {
    send(exchange, status, "application/json", Json.write(body));
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
