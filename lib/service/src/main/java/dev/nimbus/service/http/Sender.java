package dev.nimbus.service.http;

import dev.nimbus.service.loop.Shutdown;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.util.List;

/** Writes answers to connections, with the headers every answer has. */
final class Sender {
  private static final List<Header> ALWAYS =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cache-Control", "no-store"),
          HeaderValues.createCached(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

  private final Shutdown shutdown;

  Sender(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  /** Sends an answer as a whole; a failure half-way ends the connection. */
  void send(Reply reply, boolean head, Connection connection, RoutingResponse response) {
    response.status(Status.create(reply.status()));
    ALWAYS.forEach(response::header);
    reply.headers().forEach(response::header);
    switch (reply.content()) {
      case Reply.Nothing _ -> response.send();
      case Reply.Whole whole -> whole(whole.bytes(), head, response);
      case Reply.Streamed streamed -> streamed(streamed, head, response);
      case Reply.Following following -> following(following, head, connection, response);
    }
  }

  private static void whole(byte[] bytes, boolean head, RoutingResponse response) {
    if (head) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
      response.send();
    } else {
      response.send(bytes);
    }
  }

  private static void streamed(Reply.Streamed streamed, boolean head, RoutingResponse response) {
    if (streamed.length() >= 0) {
      response.header(HeaderNames.CONTENT_LENGTH, Long.toString(streamed.length()));
    }
    if (head) {
      response.send();
      return;
    }
    try (var out = new CountedOutput(response.outputStream())) {
      streamed.body().write(out);
      out.expect(streamed.length());
    } catch (IOException | RuntimeException e) {
      throw new CloseConnectionException("Cannot send the whole body", e);
    }
    response.commit();
  }

  private void following(
      Reply.Following following, boolean head, Connection connection, RoutingResponse response) {
    response.header(HeaderValues.CONNECTION_CLOSE);
    response.header(HeaderNames.create("X-Accel-Buffering"), "no");
    if (head) {
      response.send();
      return;
    }
    try (var out = response.outputStream()) {
      new EventStream(out).follow(following.events(), connection, shutdown);
    } catch (IOException | RuntimeException e) {
      throw new CloseConnectionException("Cannot send the rest of the events", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("Interrupted while sending events", e);
    }
    response.commit();
  }
}
