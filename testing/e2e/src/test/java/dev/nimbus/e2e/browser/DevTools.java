package dev.nimbus.e2e.browser;

import dev.nimbus.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One DevTools connection: commands with their answers, and events as they happen. Thread-safe. */
final class DevTools implements AutoCloseable {
  private static final long ANSWER_SECONDS = 90;

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Map<String, Object>>> waiting =
      new ConcurrentHashMap<>();
  private final Consumer<Event> events;
  private final WebSocket socket;

  private DevTools(HttpClient http, URI address, Consumer<Event> events) {
    this.events = events;
    this.socket = http.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  static DevTools connect(HttpClient http, URI address, Consumer<Event> events) {
    return new DevTools(http, address, events);
  }

  /**
   * Sends a command and waits for its result; a refused one is an {@link IllegalStateException}.
   */
  Map<String, Object> call(String method, Map<String, Object> params) {
    var id = ids.incrementAndGet();
    var answer = new CompletableFuture<Map<String, Object>>();
    waiting.put(id, answer);
    send(Json.text(Map.of("id", id, "method", method, "params", params)));
    try {
      return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(method + " failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private synchronized void send(String text) {
    socket.sendText(text, true).join();
  }

  private void receive(String text) {
    var message = Json.read(text.getBytes(StandardCharsets.UTF_8), Message.class);
    if (message.method != null) {
      events.accept(new Event(message.method, message.params == null ? Map.of() : message.params));
      return;
    }
    var answer = message.id == null ? null : waiting.remove(message.id);
    if (answer == null) {
      return;
    }
    if (message.error != null) {
      answer.completeExceptionally(new IllegalStateException(message.error.toString()));
    } else {
      answer.complete(message.result == null ? Map.of() : message.result);
    }
  }

  /** Something the browser reports unasked. */
  record Event(String method, Map<String, Object> params) {}

  private record Message(
      @Nullable Integer id,
      @Nullable String method,
      @Nullable Map<String, Object> params,
      @Nullable Map<String, Object> result,
      @Nullable Map<String, Object> error) {}

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        var whole = text.toString();
        text.setLength(0);
        receive(whole);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      failAll("the browser closed the connection: " + status + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      failAll(error.toString());
    }

    private void failAll(String why) {
      waiting.values().forEach(a -> a.completeExceptionally(new IllegalStateException(why)));
    }
  }
}
