package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** How a registered runner is started: it runs one job in the sandbox it is in, and ends. Pure. */
final class Launch {
  private static final int PATIENCE_SECONDS = 300;

  private Launch() {}

  static RunnerLaunch of(RunnerName name, URI url, String token) {
    return new RunnerLaunch(
        ForgeKind.GITLAB, command(name), Map.of(), Map.of("config.toml", config(name, url, token)));
  }

  private static List<String> command(RunnerName name) {
    return List.of(
        "{tool}/gitlab-runner",
        "run-single",
        "--config",
        "{files}/config.toml",
        "--runner",
        name.value(),
        "--max-builds",
        "1",
        "--wait-timeout",
        Integer.toString(PATIENCE_SECONDS));
  }

  /** A text in TOML is as JSON writes it. */
  private static String config(RunnerName name, URI url, String token) {
    return """
        concurrent = 1

        [[runners]]
          name = %s
          url = %s
          token = %s
          executor = "shell"
          shell = "bash"
        """
        .formatted(Json.text(name.value()), Json.text(url.toString()), Json.text(token));
  }
}
