package dev.nimbus.service.http;

import dev.nimbus.json.Json;
import dev.nimbus.service.loop.Shutdown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One followed stream: it beats while nothing happens, and notices at once when the client goes.
 */
final class EventStream implements Response.EventSink {
  private static final Duration BEAT = Duration.ofSeconds(15);

  /** What is gathered of several events before it is sent. */
  private static final int PACKET_CHARS = 16 << 10;

  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final Shutdown end = new Shutdown();

  EventStream(OutputStream out) {
    this.out = out;
  }

  /** Runs the events of one client until they return. */
  void follow(Response.Events events, Connection connection, Shutdown shutdown)
      throws IOException, InterruptedException {
    Thread.startVirtualThread(
        () -> {
          connection.awaitEnd();
          end.request();
        });
    try (var _ = shutdown.onRequest(end::request)) {
      comment("following");
      Thread.startVirtualThread(this::beat);
      events.run(this);
    } finally {
      end.request();
    }
  }

  @Override
  public void send(String event, String id, Object json) throws IOException {
    write(text(new Response.Event(event, id, json)));
  }

  @Override
  public void sendAll(List<Response.Event> events) throws IOException {
    var text = new StringBuilder();
    for (var event : events) {
      text.append(text(event));
      if (text.length() >= PACKET_CHARS) {
        write(text.toString());
        text.setLength(0);
      }
    }
    if (!text.isEmpty()) {
      write(text.toString());
    }
  }

  @Override
  public void comment(String text) throws IOException {
    write(": " + line(text) + "\n\n");
  }

  @Override
  public boolean closed() {
    return end.requested();
  }

  @Override
  public boolean pause(Duration atMost) throws InterruptedException {
    return !end.await(atMost);
  }

  @Override
  public void onClose(Runnable wake) {
    end.onRequest(wake);
  }

  private static String text(Response.Event event) {
    var text = new StringBuilder(64);
    if (!event.id().isEmpty()) {
      text.append("id: ").append(line(event.id())).append('\n');
    }
    text.append("event: ").append(line(event.name())).append("\ndata: ");
    return text.append(Json.text(event.json())).append("\n\n").toString();
  }

  private void write(String text) throws IOException {
    writing.lock();
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException | RuntimeException e) {
      end.request();
      throw new IOException("Cannot send an event: the client is gone", e);
    } finally {
      writing.unlock();
    }
  }

  private void beat() {
    try {
      while (pause(BEAT)) {
        comment("beat");
      }
    } catch (IOException e) {
      end.request();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("Not one line: '" + text + "'");
    }
    return text;
  }
}
