package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Gate;
import dev.nimbus.testkit.forge.http.Routes;
import dev.nimbus.testkit.forge.kin.FakeGitea.Release;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Gitea can be asked. */
final class GiteaCalls {
  private static final String API = "/api/v1/";
  private static final String SCOPE = API + "(admin|user|orgs/[^/]+|repos/[^/]+/[^/]+)";
  private static final String REPOSITORY = API + "repos/([^/]+/[^/]+)";
  private static final Map<String, List<Status>> STATUSES =
      Map.of(
          "queued", List.of(Status.WAITING),
          "in_progress", List.of(Status.RUNNING),
          "completed", List.of(Status.SUCCESS, Status.FAILURE, Status.CANCELLED));

  private final World world;
  private final GiteaShapes shapes;
  private final Release release;
  private final Gate gate;
  private final Map<String, String> registrations = new HashMap<>();

  GiteaCalls(World world, GiteaShapes shapes, Release release, Gate gate) {
    this.world = world;
    this.shapes = shapes;
    this.release = release;
    this.gate = gate;
  }

  void addTo(Routes routes) {
    routes.add("GET", API + "version", (_, _) -> version());
    routes.add("GET", SCOPE + "/actions/jobs", (call, words) -> jobs(call, words[0]));
    routes.add("GET", REPOSITORY + "/actions/jobs/(\\d+)", (_, words) -> job(words));
    routes.add("GET", REPOSITORY + "/actions/runs/(\\d+)", (_, words) -> run(words));
    routes.add("GET", REPOSITORY + "/pulls/7", (_, words) -> pull(words[0]));
    routes.add("GET", SCOPE + "/actions/runners", (call, words) -> runners(call, words[0]));
    routes.add("DELETE", SCOPE + "/actions/runners/(\\d+)", (_, words) -> delete(words));
    routes.add(
        "POST", SCOPE + "/actions/runners/registration-token", (_, words) -> token(words[0]));
    routes.add(
        "POST",
        "/api/actions/runner\\.v1\\.RunnerService/Register",
        (call, _) -> RunnerCalls.answer(call, "Register", NewRunner.class, this::register));
    if (release == Release.V1_27) {
      routes.add("PATCH", SCOPE + "/actions/runners/(\\d+)", this::disable);
    }
  }

  private Answer version() {
    return Answer.of(200, Map.of("version", release.version()));
  }

  private Answer jobs(Call call, String scope) {
    var statuses = STATUSES.get(call.parameter("status"));
    if (statuses == null && call.has("status")) {
      return Answers.problem(400, "Invalid status " + call.parameter("status"));
    }
    var all =
        world.jobs().stream()
            .filter(job -> World.covers(scope, job.run.repo()))
            .filter(job -> statuses == null || statuses.contains(job.status))
            .toList();
    return Answer.of(200, shapes.jobs(Answers.page(call, all), all.size()));
  }

  private Answer job(String[] words) {
    return of(words[0], world.job(Long.parseLong(words[1])))
        .map(job -> Answer.of(200, shapes.job(job)))
        .orElseGet(Answers::unknown);
  }

  private Answer run(String[] words) {
    var id = Long.parseLong(words[1]);
    return of(words[0], world.jobs().stream().filter(job -> job.run.id() == id).findFirst())
        .map(job -> Answer.of(200, shapes.run(job)))
        .orElseGet(Answers::unknown);
  }

  private Answer pull(String repository) {
    return Answer.of(200, shapes.pull(world.repository(repository)));
  }

  private static Optional<Job> of(String repository, Optional<Job> job) {
    return job.filter(one -> one.run.repo().fullName().equals(repository));
  }

  private Answer runners(Call call, String scope) {
    var all =
        world.runners().stream()
            .filter(runner -> runner.scope.equals(scope) || scope.equals("admin"))
            .map(this::shape)
            .toList();
    return Answer.of(200, Map.of("runners", Answers.page(call, all), "total_count", all.size()));
  }

  private Map<String, Object> shape(Runner runner) {
    return shapes.runner(runner, world.busy(runner) && !gate.suffers(Fault.SAYS_IDLE));
  }

  /** A busy runner is deleted as readily as an idle one. */
  private Answer delete(String[] words) {
    var runner = runner(words);
    runner.ifPresent(world::remove);
    return runner.isPresent() ? Answer.empty(204) : Answers.unknown();
  }

  private Answer disable(Call call, String[] words) {
    var runner = runner(words);
    if (runner.isEmpty()) {
      return Answers.unknown();
    }
    var disabled = call.json(Disabling.class).disabled();
    if (disabled == null) {
      return Answers.problem(422, "[Disabled]: Required");
    }
    runner.get().disabled = disabled;
    return Answer.of(200, shape(runner.get()));
  }

  private Optional<Runner> runner(String[] words) {
    return world
        .runner(Long.parseLong(words[1]))
        .filter(one -> one.scope.equals(words[0]) || words[0].equals("admin"));
  }

  /** One token for a scope, good until somebody resets it. */
  private Answer token(String scope) {
    var token = "registration" + "%032x".formatted(scope.hashCode() & 0xffff_ffffL);
    registrations.put(token, scope);
    return Answer.of(200, Map.of("token", token));
  }

  private Object register(NewRunner wanted) {
    if (wanted.name() == null || wanted.name().isEmpty() || wanted.token() == null) {
      return RunnerCalls.refusal(400, "invalid_argument", "missing runner token, name");
    }
    var scope = registrations.get(wanted.token());
    if (scope == null) {
      return RunnerCalls.refusal(400, "invalid_argument", "runner registration token not found");
    }
    var ephemeral = Boolean.TRUE.equals(wanted.ephemeral());
    var runner = world.addRunner(scope, wanted.name(), "", ephemeral);
    runner.labels = wanted.labels() == null ? List.of() : wanted.labels();
    return Map.of("runner", RunnerCalls.shape(runner));
  }

  record NewRunner(
      @Nullable String name,
      @Nullable String token,
      @Nullable List<String> labels,
      @Nullable Boolean ephemeral) {}

  record Disabling(@Nullable Boolean disabled) {}
}
