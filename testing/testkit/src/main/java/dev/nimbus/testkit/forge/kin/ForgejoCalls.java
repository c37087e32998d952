package dev.nimbus.testkit.forge.kin;

import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Gate;
import dev.nimbus.testkit.forge.http.Routes;
import dev.nimbus.testkit.forge.kin.FakeForgejo.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Forgejo can be asked. */
final class ForgejoCalls {
  private static final String API = "/api/v1/";
  private static final String SCOPE = API + "(admin|user|orgs/[^/]+|repos/[^/]+/[^/]+)";
  private static final String REPOSITORY = API + "repos/([^/]+/[^/]+)";

  private final World world;
  private final ForgejoShapes shapes;
  private final Release release;
  private final Gate gate;

  ForgejoCalls(World world, ForgejoShapes shapes, Release release, Gate gate) {
    this.world = world;
    this.shapes = shapes;
    this.release = release;
    this.gate = gate;
  }

  void addTo(Routes routes) {
    routes.add("GET", API + "version", (_, _) -> version());
    routes.add("GET", API + "repositories/(\\d+)", (_, words) -> repository(words[0]));
    routes.add("GET", SCOPE + "/actions/runners/jobs", (call, words) -> jobs(call, words[0]));
    routes.add("GET", SCOPE + "/actions/runners", (call, words) -> runners(call, words[0]));
    routes.add("DELETE", SCOPE + "/actions/runners/(\\d+)", (_, words) -> delete(words));
    if (release != Release.V13) {
      routes.add("POST", SCOPE + "/actions/runners", (call, words) -> register(call, words[0]));
    }
    if (release == Release.NEXT) {
      routes.add("GET", REPOSITORY + "/actions/jobs/(\\d+)", (_, words) -> job(words));
      routes.add("GET", REPOSITORY + "/actions/runs/(\\d+)", (_, words) -> run(words));
    }
  }

  private Answer version() {
    return Answer.of(200, Map.of("version", release.version()));
  }

  private Answer repository(String id) {
    return world
        .repository(Long.parseLong(id))
        .map(repo -> Answer.of(200, shapes.repository(repo)))
        .orElseGet(Answers::unknown);
  }

  /** Not in pages; those that wait or run, and with labels only those that ask for no other. */
  private Answer jobs(Call call, String scope) {
    var labels = List.of(call.parameter("labels").split(",", -1));
    var everything = !call.has("labels") && release != Release.V13;
    var found =
        world.jobs().stream()
            .filter(job -> !job.status.over() && World.covers(scope, job.run.repo()))
            .filter(job -> everything || labels.containsAll(job.labels))
            .map(shapes::job)
            .toList();
    return found.isEmpty() ? Answers.none() : Answer.of(200, found);
  }

  private Answer runners(Call call, String scope) {
    var all =
        world.runners().stream()
            .filter(runner -> runner.scope.equals(scope) || scope.equals("admin"))
            .map(
                runner ->
                    shapes.runner(runner, world.busy(runner) && !gate.suffers(Fault.SAYS_IDLE)))
            .toList();
    return Answer.of(200, Answers.page(call, all)).with("X-Total-Count", all.size());
  }

  private Answer register(Call call, String scope) {
    var wanted = call.json(NewRunner.class);
    if (wanted.name() == null || wanted.name().isEmpty()) {
      return Answers.problem(422, "[Name]: Required");
    }
    var description = wanted.description() == null ? "" : wanted.description();
    var ephemeral = Boolean.TRUE.equals(wanted.ephemeral());
    var runner = world.addRunner(scope, wanted.name(), description, ephemeral);
    return Answer.of(201, Map.of("id", runner.id, "uuid", runner.uuid, "token", runner.token));
  }

  /** A busy runner is deleted as readily as an idle one. */
  private Answer delete(String[] words) {
    var runner =
        world
            .runner(Long.parseLong(words[1]))
            .filter(one -> one.scope.equals(words[0]) || words[0].equals("admin"));
    runner.ifPresent(world::remove);
    return runner.isPresent() ? Answer.empty(204) : Answers.unknown();
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

  private static Optional<Job> of(String repository, Optional<Job> job) {
    return job.filter(one -> one.run.repo().fullName().equals(repository));
  }

  record NewRunner(
      @Nullable String name, @Nullable String description, @Nullable Boolean ephemeral) {}
}
