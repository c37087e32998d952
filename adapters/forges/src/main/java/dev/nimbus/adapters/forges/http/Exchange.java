package dev.nimbus.adapters.forges.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests and answers over HTTP, bounded in time and size. Redirects are not to be followed by the
 * client: a credential goes to one address only. One that leads elsewhere below that address is
 * followed here, once, for that is how a forge says where a renamed repository is.
 *
 * @param base of the API, without a slash at its end
 * @param patience how long an answer may take
 */
public record Exchange(HttpClient client, URI base, Duration patience) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST = 32 << 20;

  /** For answers that are there at once. */
  public Exchange(HttpClient client, URI base) {
    this(client, base, PATIENCE);
  }

  /** Sends a call with what its credential adds; {@code UNAVAILABLE} when no answer came. */
  Reply send(Call call, Map<String, String> headers) throws InterruptedException {
    var reply = once(call, headers);
    var moved = moved(call, reply);
    return moved.isEmpty() ? reply : once(call.at(moved.get()), headers);
  }

  /** The path a call is to be made at instead, if it may be made there. */
  private Optional<String> moved(Call call, Reply reply) {
    var again =
        switch (reply.status()) {
          case 301, 302 -> call.safe();
          case 307, 308 -> true;
          default -> false;
        };
    return again ? below(call, reply.header("location")) : Optional.empty();
  }

  private Optional<String> below(Call call, String location) {
    try {
      var there = URI.create(base + call.path()).resolve(location).normalize().toString();
      return !location.isEmpty() && there.startsWith(base + "/")
          ? Optional.of(there.substring(base.toString().length()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // An address without sense leads nowhere.
    }
  }

  private Reply once(Call call, Map<String, String> headers) throws InterruptedException {
    var doing = call.method() + " " + base + call.path();
    var answer =
        client.sendAsync(
            request(call, headers), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      var response = answer.get(patience.toSeconds(), TimeUnit.SECONDS);
      return new Reply(response.statusCode(), headers(response), response.body());
    } catch (ExecutionException e) {
      throw unreachable(doing, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unreachable(
          doing, new IOException("no answer within " + patience.toSeconds() + " s", e));
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private HttpRequest request(Call call, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(URI.create(base + call.path())).timeout(patience);
    headers.forEach(request::setHeader);
    call.headers().forEach(request::setHeader);
    if (call.body().isEmpty()) {
      return request.method(call.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return request
        .setHeader("Content-Type", "application/json")
        .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(bytes(call.body().get())))
        .build();
  }

  private static byte[] bytes(Object body) {
    return body instanceof byte[] written ? written : Json.write(body);
  }

  private static String why(Throwable cause) {
    for (var under = cause; under != null; under = under.getCause()) {
      if (under instanceof UnresolvedAddressException || under instanceof UnknownHostException) {
        return "the name of its host is not known here";
      }
    }
    if (cause instanceof ConnectException) {
      return "nobody answers there";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static NimbusException unreachable(String doing, Throwable cause) {
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot %s: %s".formatted(doing, why(cause)), cause);
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    var headers = new TreeMap<String, String>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }
}
