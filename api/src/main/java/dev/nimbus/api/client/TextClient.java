package dev.nimbus.api.client;

import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A service as text, for a program whose start-up counts: binding JSON to records costs a fresh
 * process about a tenth of a second and the HTTP clients of the JDK thirty milliseconds and more,
 * so this one speaks plain HTTP itself and leaves the JSON to the caller. Failures are those of
 * {@link ControlPlaneClient}. Thread-safe.
 */
public final class TextClient {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int MAX_ANSWER = 64 * 1024 * 1024;

  private final URI base;
  private final Supplier<String> token;

  public TextClient(URI base, Supplier<String> token) {
    this.base = base;
    this.token = token;
  }

  public String get(String path) {
    return text("GET", path, new byte[0], Map.of());
  }

  public String post(String path, String document, Map<String, String> headers) {
    var all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json");
    return text("POST", path, document.getBytes(StandardCharsets.UTF_8), all);
  }

  /** Opens a stream of events, after the one with this id where it is not empty. */
  public EventStream events(String path, String afterId) {
    return events(path, afterId, SILENCE);
  }

  EventStream events(String path, String afterId, Duration silence) {
    var doing = "GET " + base + path;
    var headers = new LinkedHashMap<String, String>();
    headers.put("Accept", "text/event-stream");
    if (!afterId.isEmpty()) {
      headers.put("Last-Event-ID", afterId);
    }
    try {
      var call = call("GET", path, new byte[0], headers, silence);
      if (call.status() != 200) {
        try (call) {
          throw refused(doing, call);
        }
      }
      return new EventStream(doing, call.body(), call::close);
    } catch (IOException e) {
      throw Transport.unreachable(doing, e);
    }
  }

  private String text(String method, String path, byte[] body, Map<String, String> headers) {
    var doing = method + " " + base + path;
    try (var call = call(method, path, body, headers, ANSWER)) {
      if (call.status() >= 400) {
        throw refused(doing, call);
      }
      return new String(call.body().readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Transport.unreachable(doing, e);
    }
  }

  private SocketCall call(
      String method, String path, byte[] body, Map<String, String> headers, Duration answer)
      throws IOException {
    var all = new LinkedHashMap<String, String>();
    all.put("Accept", "application/json");
    var bearer = token.get();
    if (!bearer.isEmpty()) {
      all.put("Authorization", "Bearer " + bearer);
    }
    all.putAll(headers);
    return SocketCall.send(base.resolve(path), method, all, body, answer);
  }

  private static NimbusException refused(String doing, SocketCall call) throws IOException {
    return Refusal.of(doing, call.status(), call.type(), call.body().readNBytes(MAX_ANSWER));
  }
}
