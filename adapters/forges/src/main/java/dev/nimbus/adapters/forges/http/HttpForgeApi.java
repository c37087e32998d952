package dev.nimbus.adapters.forges.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** A forge's API over HTTP. Redirects are not followed: a credential goes to one address only. */
public final class HttpForgeApi implements ForgeApi {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST = 32 << 20;
  private static final int TOO_MANY = 429;

  private final HttpClient client;
  private final URI base;
  private final Credentials credentials;
  private final Budget budget;
  private final InstantSource time;
  private final Pause pause;

  /**
   * @param base of the API, without a slash at its end
   */
  public HttpForgeApi(
      HttpClient client,
      URI base,
      Credentials credentials,
      Budget budget,
      InstantSource time,
      Pause pause) {
    this.client = client;
    this.base = base;
    this.credentials = credentials;
    this.budget = budget;
    this.time = time;
    this.pause = pause;
  }

  @Override
  public Reply send(Call call) {
    await(call);
    var reply = exchange(call);
    budget.learn(call, reply, time.instant());
    if (limited(reply)) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot %s %s%s: the forge limits us: %s"
              .formatted(call.method(), base, call.path(), reply.told()));
    }
    return reply;
  }

  private void await(Call call) {
    var patience = patience(call.purpose());
    var deadline = time.instant().plus(patience);
    var from = budget.take(call, time.instant());
    while (from.isPresent()) {
      if (from.get().isAfter(deadline)) {
        throw new NimbusException(
            Kind.UNAVAILABLE,
            "Cannot %s %s%s before %s: the budget of this credential is used up"
                .formatted(call.method(), base, call.path(), from.get()));
      }
      sleep(from.get());
      from = budget.take(call, time.instant());
    }
  }

  private void sleep(Instant until) {
    try {
      pause.until(until);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, "Interrupted while waiting for " + base, e);
    }
  }

  private Reply exchange(Call call) {
    var uri = URI.create(base + call.path());
    var request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    credentials.headers(call).forEach(request::setHeader);
    call.headers().forEach(request::setHeader);
    var body =
        call.body()
            .map(value -> HttpRequest.BodyPublishers.ofByteArray(Json.write(value)))
            .orElseGet(HttpRequest.BodyPublishers::noBody);
    if (call.body().isPresent()) {
      request.setHeader("Content-Type", "application/json");
    }
    request.method(call.method(), body);
    try {
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (var stream = response.body()) {
        return new Reply(response.statusCode(), headers(response), bounded(uri, stream));
      }
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot %s %s: %s"
              .formatted(call.method(), uri, e.getMessage() == null ? e : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, "Interrupted while calling " + uri, e);
    }
  }

  private static byte[] bounded(URI uri, InputStream stream) throws IOException {
    var bytes = stream.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new IOException("The answer of " + uri + " is larger than " + LARGEST + " bytes");
    }
    return bytes;
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    var headers = new TreeMap<String, String>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  /** A 403 is a limit only when the headers say so; else it is about permissions. */
  private static boolean limited(Reply reply) {
    return reply.status() == TOO_MANY
        || (reply.status() == 403
            && (!reply.header("retry-after").isEmpty()
                || reply.header("x-ratelimit-remaining").equals("0")));
  }

  private static Duration patience(Call.Purpose purpose) {
    return switch (purpose) {
      case RETIRE -> Duration.ofSeconds(60);
      case MINT -> Duration.ofSeconds(20);
      case CHECK -> Duration.ofSeconds(10);
      case POLL -> Duration.ZERO;
    };
  }

  /** What every call of a credential carries. */
  @FunctionalInterface
  public interface Credentials {
    /** Names and values; may itself ask the forge for a token. */
    Map<String, String> headers(Call call);
  }

  /** How a thread waits; wiring passes the system's. */
  @FunctionalInterface
  public interface Pause {
    void until(Instant instant) throws InterruptedException;
  }
}
