package dev.nimbus.testkit.forge.kin;

import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A runner's program as far as a forge sees it: it says what it is, asks for a job once and begins
 * it. It believes nothing but what it was started with.
 */
final class Program {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String ON_HOST = ":host";

  private Program() {}

  /** Does what {@code forgejo-runner one-job} does; the task it was given. */
  static Optional<Long> oneJob(RunnerLaunch launch) {
    var words = launch.command();
    if (!words.contains("one-job")
        || !after(words, "--token-url").equals(List.of("file:{files}/token"))) {
      throw new IllegalArgumentException("Not a way to start forgejo-runner: " + words);
    }
    var identity =
        new Identity(
            URI.create(after(words, "--url").getFirst()),
            after(words, "--uuid").getFirst(),
            launch.files().getOrDefault("token", ""),
            after(words, "--label"));
    var handle = after(words, "--handle").getFirst();
    return begin(identity, "FetchSingleTask", Map.of("tasks_version", 0, "handle", handle));
  }

  /** Does what {@code gitea-runner daemon --once} does; the task it was given. */
  static Optional<Long> once(RunnerLaunch launch) {
    var command = String.join(" ", launch.command());
    if (!command.contains("daemon --once") || !launch.command().contains("{files}")) {
      throw new IllegalArgumentException("Not a way to start gitea-runner: " + command);
    }
    var text = launch.files().getOrDefault(".runner", "");
    var file = Json.read(text.getBytes(StandardCharsets.UTF_8), RunnerFile.class);
    var identity =
        new Identity(URI.create(file.address()), file.uuid(), file.token(), file.labels());
    return begin(identity, "FetchTask", Map.of("tasks_version", 0));
  }

  private static Optional<Long> begin(Identity identity, String fetch, Map<String, Object> asking) {
    var labels =
        identity.labels().stream()
            .filter(label -> label.endsWith(ON_HOST))
            .map(label -> label.substring(0, label.length() - ON_HOST.length()))
            .toList();
    var declared = call(identity, "Declare", Map.of("version", "v1", "labels", labels));
    return declared.isEmpty()
        ? Optional.empty()
        : call(identity, fetch, asking)
            .map(body -> Json.read(body, Fetched.class))
            .map(Fetched::task)
            .map(Task::id)
            .map(Long::parseLong);
  }

  /** The answer; empty when the runner is not known. */
  private static Optional<byte[]> call(Identity identity, String method, Object message) {
    var address = identity.url() + "/api/actions/runner.v1.RunnerService/" + method;
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .header("x-runner-uuid", identity.uuid())
            .header("x-runner-token", identity.token())
            .POST(BodyPublishers.ofByteArray(Json.write(message)))
            .build();
    try {
      var response = CLIENT.send(request, BodyHandlers.ofByteArray());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // The forge is away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static List<String> after(List<String> words, String flag) {
    var values = new ArrayList<String>();
    for (var index = 0; index + 1 < words.size(); index++) {
      if (words.get(index).equals(flag)) {
        values.add(words.get(index + 1));
      }
    }
    return values;
  }

  private record Identity(URI url, String uuid, String token, List<String> labels) {}

  record RunnerFile(String address, String uuid, String token, List<String> labels) {}

  record Fetched(@Nullable Task task) {}

  record Task(@Nullable String id) {}
}
