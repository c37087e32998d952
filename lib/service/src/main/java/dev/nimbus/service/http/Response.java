package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** An answer, sent after its handler returned. Immutable. */
public sealed interface Response permits Reply {
  /** A record as JSON. */
  static Response json(int status, Object body) {
    return bytes(status, "application/json", Json.write(body));
  }

  static Response empty(int status) {
    return new Reply(status, List.of(), new Reply.Nothing());
  }

  static Response text(int status, String contentType, String body) {
    return bytes(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  static Response bytes(int status, String contentType, byte[] body) {
    return new Reply(status, Reply.ofType(contentType), new Reply.Whole(body));
  }

  /** A body written while it is sent; of an unknown length, in chunks. */
  static Response stream(int status, String contentType, OptionalLong length, Body body) {
    return new Reply(
        status, Reply.ofType(contentType), new Reply.Streamed(length.orElse(-1), body));
  }

  /** Server-sent events; the connection closes when they end. */
  static Response events(Events events) {
    return new Reply(200, Reply.ofType("text/event-stream"), new Reply.Following(events));
  }

  /**
   * An error as problem+json. The kind decides the status, except that code {@code too-large} is
   * 413, {@code disk-full} 507, {@code length-required} 411 and {@code bad-signature} 401.
   */
  static Response problem(Kind kind, String code, String detail) {
    return Problems.reply(kind, code, detail);
  }

  /** The same answer with a header more; one of the same name is replaced. */
  Response with(String header, String value);

  int status();

  /** Writes a body. A failure cuts the connection, so that nobody takes a part for the whole. */
  interface Body {
    void write(OutputStream to) throws IOException;
  }

  /** Sends events until it returns, or the sink is closed. */
  interface Events {
    void run(EventSink sink) throws IOException, InterruptedException;
  }

  /**
   * One thing that happened.
   *
   * @param id what the client names as {@code Last-Event-ID} when it comes back; may be empty
   */
  record Event(String name, String id, Object json) {}

  /**
   * One client that follows events. Comments keep its connection alive by themselves. Thread-safe.
   */
  interface EventSink {
    /**
     * Sends an event; an {@link IOException} when the client is gone.
     *
     * @param id what the client names as {@code Last-Event-ID} when it comes back; may be empty
     */
    void send(String event, String id, Object json) throws IOException;

    /** Sends events in order and as few packets; the client gets them one by one all the same. */
    void sendAll(List<Event> events) throws IOException;

    void comment(String text) throws IOException;

    /** Whether the client is gone or the service is about to end: nothing more will arrive. */
    boolean closed();

    /** Waits; false as soon as the sink is closed. */
    boolean pause(Duration atMost) throws InterruptedException;

    /** Runs something short once when the sink closes, to wake a thread that waits elsewhere. */
    void onClose(Runnable wake);
  }
}
