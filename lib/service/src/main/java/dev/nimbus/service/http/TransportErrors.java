package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/** Answers to what is not even a request, in the form of all other errors. */
final class TransportErrors implements DirectHandler {
  static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (var event : EventType.values()) {
      handlers.addHandler(event, new TransportErrors());
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    var kind = status.code() < 500 ? Kind.INVALID : Kind.INTERNAL;
    var reply = Problems.reply(status.code(), kind, "bad-request", "Cannot read the request.");
    var response = TransportResponse.builder().status(status).headers(headers).keepAlive(false);
    reply.headers().forEach(response::header);
    response.header(HeaderValues.create("X-Content-Type-Options", "nosniff"));
    if (reply.content() instanceof Reply.Whole whole) {
      response.entity(whole.bytes());
    }
    return response.build();
  }
}
