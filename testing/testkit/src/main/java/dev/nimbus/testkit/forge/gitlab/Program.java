package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The runner's program as far as a forge sees it: it asks for a job once and begins it. It believes
 * nothing but what it was started with.
 */
final class Program {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");

  private Program() {}

  /** Does what {@code gitlab-runner run-single} does; the job it was given. */
  static Optional<Long> runSingle(RunnerLaunch launch) {
    var words = launch.command();
    var config = launch.files().getOrDefault("config.toml", "");
    if (!words.contains("run-single")
        || !after(words, "--config").equals("{files}/config.toml")
        || !after(words, "--max-builds").equals("1")
        || !after(words, "--runner").equals(value(config, "name"))) {
      throw new IllegalArgumentException("Not a way to start gitlab-runner: " + words);
    }
    return value(config, "executor").equals("shell")
        ? request(URI.create(value(config, "url")), value(config, "token"))
        : Optional.empty();
  }

  private static Optional<Long> request(URI url, String token) {
    var asked =
        Map.of(
            "token",
            token,
            "system_id",
            "s_0123456789ab",
            "info",
            Map.of("name", "gitlab-runner", "version", "19.4.0", "executor", "shell"));
    var request =
        HttpRequest.newBuilder(URI.create(url + "/api/v4/jobs/request"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.write(asked)))
            .build();
    try {
      var response = CLIENT.send(request, BodyHandlers.ofString());
      var id = ID.matcher(response.body());
      return response.statusCode() == 201 && id.find()
          ? Optional.of(Long.parseLong(id.group(1)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // The forge is away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The only value of a key, in the words TOML and JSON share. */
  private static String value(String config, String key) {
    var found = Pattern.compile("(?m)^\\s*" + key + " = \"([^\"\\\\]*)\"$").matcher(config);
    return found.find() ? found.group(1) : "";
  }

  private static String after(List<String> words, String flag) {
    var index = words.indexOf(flag);
    return index < 0 || index + 1 == words.size() ? "" : words.get(index + 1);
  }
}
