package dev.nimbus.api.client;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Sends requests to one service and turns what comes back into values or exceptions. */
final class Transport {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 64 * 1024 * 1024;

  private final URI base;
  private final Supplier<String> token;

  Transport(URI base, Supplier<String> token) {
    this.base = base;
    this.token = token;
  }

  <T> T get(String path, Class<T> type) {
    return Json.read(send("GET", path, new byte[0], Map.of(), ANSWER), type);
  }

  <T> T post(String path, Object body, Class<T> type) {
    return post(path, body, type, Map.of(), ANSWER);
  }

  <T> T post(
      String path, Object body, Class<T> type, Map<String, String> headers, Duration answer) {
    return Json.read(send("POST", path, Json.write(body), headers, answer), type);
  }

  void post(String path, Object body) {
    send("POST", path, Json.write(body), Map.of(), ANSWER);
  }

  void put(String path, Object body) {
    send("PUT", path, Json.write(body), Map.of(), ANSWER);
  }

  <T> T put(String path, Object body, Class<T> type) {
    return Json.read(send("PUT", path, Json.write(body), Map.of(), ANSWER), type);
  }

  void delete(String path) {
    send("DELETE", path, new byte[0], Map.of(), ANSWER);
  }

  /** Opens a stream of events. The service must say something within the silence allowed. */
  EventStream events(String path, String lastId, Duration silence) {
    return new TextClient(base, token).events(path, lastId, silence);
  }

  private byte[] send(
      String method, String path, byte[] body, Map<String, String> headers, Duration answer) {
    var doing = method + " " + base + path;
    try {
      var connection = open(method, path, answer);
      headers.forEach(connection::setRequestProperty);
      if (!method.equals("GET")) {
        write(connection, body);
      }
      if (connection.getResponseCode() >= 400) {
        throw refused(doing, connection);
      }
      try (var in = connection.getInputStream()) {
        return in.readNBytes(MAX_ANSWER);
      }
    } catch (IOException e) {
      throw unreachable(doing, e);
    }
  }

  private HttpURLConnection open(String method, String path, Duration answer) throws IOException {
    var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) answer.toMillis());
    connection.setRequestProperty("Accept", "application/json");
    var bearer = token.get();
    if (!bearer.isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + bearer);
    }
    return connection;
  }

  private static void write(HttpURLConnection connection, byte[] body) throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    try (var out = connection.getOutputStream()) {
      out.write(body);
    }
  }

  private static NimbusException refused(String doing, HttpURLConnection connection)
      throws IOException {
    var document = new byte[0];
    try (InputStream in = connection.getErrorStream()) {
      if (in != null) {
        document = in.readNBytes(MAX_ANSWER);
      }
    }
    var type = connection.getContentType();
    return Refusal.of(doing, connection.getResponseCode(), type == null ? "" : type, document);
  }

  static NimbusException unreachable(String doing, IOException e) {
    return new NimbusException(Kind.UNAVAILABLE, doing + " failed: " + reason(e), e);
  }

  private static String reason(IOException e) {
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
