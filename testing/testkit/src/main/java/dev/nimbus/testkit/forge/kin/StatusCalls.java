package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Routes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said at commits. */
final class StatusCalls {
  private static final int LONGEST_CONTEXT = 255;

  private StatusCalls() {}

  static void addTo(Routes routes, World world) {
    routes.add(
        "POST",
        "/api/v1/repos/([^/]+/[^/]+)/statuses/([0-9a-f]{40})",
        (call, words) -> {
          var known =
              world.jobs().stream()
                  .anyMatch(
                      job ->
                          job.run.commit().equals(words[1])
                              && job.run.repo().fullName().equals(words[0]));
          var said = call.json(Said.class);
          if (!known) {
            return Answers.unknown();
          }
          if (said.state() == null || text(said.context()).length() > LONGEST_CONTEXT) {
            return Answers.problem(400, "[State]: Required");
          }
          world.said().put(words[1], text(said.description()));
          return Answer.of(
              201,
              Map.of(
                  "id", 1,
                  "status", said.state(),
                  "description", text(said.description()),
                  "target_url", text(said.targetUrl()),
                  "context", text(said.context())));
        });
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  record Said(
      @Nullable String state,
      @Nullable String targetUrl,
      @Nullable String description,
      @Nullable String context) {}
}
