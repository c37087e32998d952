package dev.nimbus.service.http;

import dev.nimbus.service.loop.Shutdown;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.SystemTime;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import org.jspecify.annotations.Nullable;

/** Takes each request through the same steps: route, caller, length, handler, answer, count. */
final class Kernel implements HttpRouting {
  private final RouteTable table;
  private final Target unmatched;
  private final Gate gate;
  private final Problems problems;
  private final Sender sender;
  private final Shutdown shutdown;
  private final HttpSecurity security = HttpSecurity.create();

  Kernel(RouteTable table, Gate gate, Problems problems, Metrics metrics, Shutdown shutdown) {
    this.table = table;
    this.gate = gate;
    this.problems = problems;
    this.shutdown = shutdown;
    this.sender = new Sender(shutdown);
    this.unmatched =
        new Target(
            new Route("other", "/unmatched", Access.open(), 0, Operation.UNTOLD, Kernel::nothing),
            metrics);
  }

  @Override
  public HttpSecurity security() {
    return security;
  }

  @Override
  public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
    var began = SystemTime.nanos();
    var connection = (Connection) context;
    connection.handling();
    var exchange = new Exchange(request, connection, shutdown);
    var turn = new Turn(exchange);
    var reply = turn.answer();
    var leavesBody = exchange.leavesBody();
    var closing = leavesBody || exchange.clientCloses() || shutdown.requested();
    if (closing) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    try {
      sender.send(reply, exchange.method().equals("HEAD"), connection, response);
    } finally {
      turn.target().count(reply.status(), SystemTime.nanos() - began);
    }
    if (leavesBody) {
      connection.linger();
    }
    if (closing || reply.content() instanceof Reply.Following) {
      throw new CloseConnectionException("Answered the last request");
    }
    connection.idle();
  }

  private static Response nothing(Request request) {
    throw new IllegalStateException("Route '" + request.path() + "' is never called");
  }

  /** One request up to its answer. */
  private final class Turn {
    private final Exchange exchange;
    private @Nullable Target target;

    Turn(Exchange exchange) {
      this.exchange = exchange;
    }

    Target target() {
      return target == null ? unmatched : target;
    }

    Reply answer() {
      try {
        var found = table.find(exchange.method(), exchange.path());
        target = found.target();
        exchange.matched(found);
        var route = found.target().route();
        exchange.admitted(gate.admit(route.access(), exchange));
        exchange.checkLength();
        exchange.checkNothing();
        exchange.checkParameters();
        return (Reply) route.handler().handle(exchange);
      } catch (CloseConnectionException e) {
        throw e;
      } catch (Exception e) {
        if (ClientGone.causes(e)) {
          throw new CloseConnectionException("Nobody to answer", e);
        }
        return problems.of(e, exchange.method(), target().route().pattern());
      }
    }
  }
}
