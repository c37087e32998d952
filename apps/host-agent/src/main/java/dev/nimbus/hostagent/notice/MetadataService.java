package dev.nimbus.hostagent.notice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A cloud's metadata service as one of its machines reaches it. */
final class MetadataService {
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final int MOST = 64 * 1024;

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(ANSWER)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  MetadataService(URI base) {
    this.base = base;
  }

  /** What is at a path; empty where there is nothing, or no answer. */
  Optional<String> get(String path, Map<String, String> headers) {
    return send(request(path, headers).GET());
  }

  Optional<String> put(String path, Map<String, String> headers) {
    return send(request(path, headers).PUT(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER);
    headers.forEach(request::setHeader);
    return request;
  }

  private Optional<String> send(HttpRequest.Builder request) {
    try {
      var answer = client.send(request.build(), BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        return answer.statusCode() == 200
            ? Optional.of(new String(body.readNBytes(MOST), StandardCharsets.UTF_8))
            : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty(); // It is asked again before long.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
