package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Hetzner's interface with one token. Every call is made once: who asks repeats, and every answer
 * says how often that may be. Opening makes no call. Thread-safe.
 */
final class Api implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int LARGEST = 16 << 20;
  private static final int NO_CONTENT = 204;
  private static final int FIRST_THAT_IS_NONE = 300;

  private final URI endpoint;
  private final Settings.Token token;
  private final InstantSource time;
  private final Allowance allowance;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Api(Settings settings, InstantSource time) {
    this.endpoint = settings.endpoint();
    this.token = settings.token();
    this.time = time;
    this.allowance = new Allowance(time);
  }

  /** How long to wait with what can wait. */
  Duration pause() {
    return allowance.pause(time.instant());
  }

  /** Why. */
  String left() {
    return allowance.left();
  }

  /** Asks for a list, or a part of one. */
  <T> T list(Operation operation, Map<String, String> query, Class<T> type) {
    var path = operation.path() + words(query);
    return read(operation, send(operation, path, new byte[0]), type);
  }

  /** Asks for a part of what belongs to a thing. */
  <T> T listOf(Operation operation, long id, Map<String, String> query, Class<T> type) {
    return read(operation, send(operation, operation.path(id) + words(query), new byte[0]), type);
  }

  /** Asks for one thing, or to end one. */
  <T> T one(Operation operation, long id, Class<T> type) {
    return read(operation, send(operation, operation.path(id), new byte[0]), type);
  }

  /** Asks to make something. */
  <T> T make(Operation operation, Object body, Class<T> type) {
    return read(operation, send(operation, operation.path(), Json.write(body)), type);
  }

  /** Asks to do something to a thing. */
  <T> T change(Operation operation, long id, Object body, Class<T> type) {
    return read(operation, send(operation, operation.path(id), Json.write(body)), type);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private <T> T read(Operation operation, HttpResponse<byte[]> answer, Class<T> type) {
    allowance.learn(answer.headers());
    if (answer.statusCode() >= FIRST_THAT_IS_NONE) {
      throw Refusal.answered(
          operation, answer.statusCode(), error(answer.body()), allowance.pause(time.instant()));
    }
    try {
      var body = answer.statusCode() == NO_CONTENT ? "{}".getBytes(StandardCharsets.UTF_8) : null;
      return Json.read(body == null ? answer.body() : body, type);
    } catch (NimbusException e) {
      throw Refusal.unheard(
          "the answer to %s is not understood: %s".formatted(operation, e.getMessage()), e);
    }
  }

  private static Wire.Fault error(byte[] body) {
    try {
      return Json.read(body, Wire.Failure.class).error();
    } catch (NimbusException e) {
      return new Wire.Fault("", ""); // Of somebody in between; its status says all there is.
    }
  }

  private HttpResponse<byte[]> send(Operation operation, String path, byte[] body) {
    var answer =
        http.sendAsync(
            request(operation, path, body),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Refusal.unheard(unreachable(e.getCause() == null ? e : e.getCause()), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Refusal.unheard("no answer within %d s".formatted(PATIENCE.toSeconds()), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw Refusal.unheard("interrupted before there was an answer", e);
    }
  }

  private HttpRequest request(Operation operation, String path, byte[] body) {
    var request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token.value())
            .header("Accept", "application/json")
            .header("User-Agent", "nimbus");
    if (body.length == 0) {
      return request.method(operation.method(), BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(operation.method(), BodyPublishers.ofByteArray(body))
        .build();
  }

  private String unreachable(Throwable cause) {
    var why =
        cause instanceof ConnectException
            ? "nobody answers there"
            : String.valueOf(cause.getMessage());
    return cause instanceof IOException ? "%s: %s".formatted(endpoint.getAuthority(), why) : why;
  }

  private static String words(Map<String, String> query) {
    return query.isEmpty()
        ? ""
        : new TreeMap<>(query)
            .entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
