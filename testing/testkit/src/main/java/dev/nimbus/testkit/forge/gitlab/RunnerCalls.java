package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.json.Json;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Gate;
import dev.nimbus.testkit.forge.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a GitLab can be asked of its runners, and what is said at commits. */
final class RunnerCalls {
  private static final String API = "/api/v4";
  private static final int SHORTEST_TIMEOUT = 600;
  private static final int LONGEST_TEXT = 255;

  private final World world;
  private final Shapes shapes;
  private final Gate gate;

  RunnerCalls(World world, Shapes shapes, Gate gate) {
    this.world = world;
    this.shapes = shapes;
    this.gate = gate;
  }

  void addTo(Routes routes, Calls calls) {
    routes.add("POST", API + "/user/runners", (call, _) -> create(call));
    routes.add("GET", API + "/runners", (call, _) -> list(call));
    routes.add(
        "GET",
        API + "/runners/all",
        (call, _) -> world.administered() ? list(call) : Calls.problem(403, "403 Forbidden"));
    runner(routes, "PUT", "", this::change);
    runner(routes, "DELETE", "", (_, runner) -> delete(runner));
    runner(routes, "GET", "/jobs", this::jobs);
    calls.project(routes, "POST", "/statuses/([0-9a-f]{40})", this::say);
  }

  private void runner(Routes routes, String method, String rest, OfRunner handler) {
    routes.add(
        method,
        API + "/runners/(\\d+)" + rest,
        (call, words) ->
            world
                .runner(Long.parseLong(words[0]))
                .map(runner -> handler.answer(call, runner))
                .orElseGet(() -> Calls.problem(404, "404 Runner Not Found")));
  }

  private Answer create(Call call) {
    var wanted = call.json(NewRunner.class);
    var tags = wanted.tagList() == null ? List.<String>of() : wanted.tagList();
    var untagged = !Boolean.FALSE.equals(wanted.runUntagged());
    if (!"project_type".equals(wanted.runnerType()) || wanted.projectId() == null) {
      return Answer.of(400, Map.of("error", "project_id is missing"));
    }
    if (world.find(wanted.projectId().toString()).isEmpty()) {
      return Calls.problem(403, "403 Forbidden - Insufficient permissions");
    }
    if (tags.isEmpty() && !untagged) {
      return Calls.problem(400, "Tags list can not be empty when runner cannot run untagged jobs");
    }
    if (wanted.maximumTimeout() != null && wanted.maximumTimeout() < SHORTEST_TIMEOUT) {
      return Calls.problem(400, "Maximum timeout needs to be at least 10 minutes");
    }
    var description = wanted.description() == null ? "" : wanted.description();
    var runner = world.addRunner(wanted.projectId(), description, tags, untagged);
    runner.paused = Boolean.TRUE.equals(wanted.paused());
    return Answer.of(201, Json.object("id", runner.id, "token", runner.token));
  }

  private Answer list(Call call) {
    var tags = call.parameter("tag_list");
    var all =
        world.runners().reversed().stream()
            .filter(runner -> tags.isEmpty() || runner.tags.containsAll(List.of(tags.split(","))))
            .toList();
    return Pages.numbered(
        call,
        all,
        runner -> shapes.runner(runner, world.busy(runner) && !gate.suffers(Fault.SAYS_IDLE)));
  }

  private Answer change(Call call, Runner runner) {
    var paused = call.json(Change.class).paused();
    if (paused == null) {
      return Answer.of(400, Map.of("error", "at least one parameter must be provided"));
    }
    runner.paused = paused;
    return Answer.of(200, shapes.runner(runner, world.busy(runner)));
  }

  /** A busy runner is deleted as readily as an idle one. */
  private Answer delete(Runner runner) {
    world.remove(runner);
    return Answer.empty(204);
  }

  private Answer jobs(Call call, Runner runner) {
    var all =
        world.jobs().stream().filter(job -> job.runner.filter(runner::equals).isPresent()).toList();
    return Pages.numbered(call, all.reversed(), shapes::job);
  }

  private Answer say(Call call, String[] words, Project project) {
    var said = call.json(Said.class);
    var job =
        world.jobs().stream()
            .filter(one -> one.project.equals(project) && one.commit().equals(words[1]))
            .filter(one -> said.pipelineId() == null || one.pipeline == said.pipelineId())
            .findFirst();
    var description = said.description() == null ? "" : said.description();
    if (job.isEmpty()) {
      return Calls.unknown();
    }
    if (!"failed".equals(said.state()) || description.length() > LONGEST_TEXT) {
      return Answer.of(400, Map.of("error", "state does not have a valid value"));
    }
    var before = Optional.ofNullable(world.said().putIfAbsent(words[1], description));
    return before.isPresent()
        ? Calls.problem(400, "Cannot transition status via :drop from :failed")
        : Answer.of(201, Json.object("id", 1, "sha", words[1], "status", "failed"));
  }

  @FunctionalInterface
  interface OfRunner {
    Answer answer(Call call, Runner runner);
  }

  record NewRunner(
      @Nullable String runnerType,
      @Nullable Long projectId,
      @Nullable String description,
      @Nullable List<String> tagList,
      @Nullable Boolean runUntagged,
      @Nullable Boolean paused,
      @Nullable Integer maximumTimeout) {}

  record Change(@Nullable Boolean paused) {}

  record Said(@Nullable String state, @Nullable String description, @Nullable Long pipelineId) {}
}
