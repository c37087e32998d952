package dev.nimbus.testkit.forge.gitlab;

import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.gitlab.FakeGitLab.Release;
import dev.nimbus.testkit.forge.http.Answer;
import dev.nimbus.testkit.forge.http.Call;
import dev.nimbus.testkit.forge.http.Gate;
import dev.nimbus.testkit.forge.http.Routes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a GitLab can be asked of its projects and jobs. */
final class Calls {
  private static final String API = "/api/v4";
  private static final String PROJECT = API + "/projects/([^/]+)";

  private final World world;
  private final Shapes shapes;
  private final Release release;
  private final Gate gate;

  Calls(World world, Shapes shapes, Release release, Gate gate) {
    this.world = world;
    this.shapes = shapes;
    this.release = release;
    this.gate = gate;
  }

  void addTo(Routes routes) {
    routes.add("GET", API + "/version", (_, _) -> version());
    routes.add("GET", API + "/personal_access_tokens/self", (_, _) -> token());
    routes.add("GET", API + "/projects", (call, _) -> projects(call, world.projects()));
    routes.add("GET", API + "/(groups|users)/([^/]+)/projects", this::ownedProjects);
    routes.add("GET", API + "/(?:groups|projects)/([^/]+)/hooks", (_, words) -> hooks(words[0]));
    project(routes, "GET", "", (_, _, project) -> Answer.of(200, shapes.project(project)));
    project(routes, "GET", "/jobs", this::jobs);
    project(routes, "GET", "/jobs/(\\d+)", (_, words, project) -> job(words, project));
    project(routes, "GET", "/pipelines/(\\d+)", (_, words, project) -> pipeline(words, project));
    project(
        routes,
        "GET",
        "/merge_requests/7",
        (_, _, project) -> Answer.of(200, shapes.mergeRequest(project)));
  }

  static Answer unknown() {
    return Answer.of(404, Map.of("message", "404 Not Found"));
  }

  static Answer problem(int status, String message) {
    return Answer.of(status, Map.of("message", message));
  }

  /** Adds a call about a project, which is there and may be seen. */
  void project(Routes routes, String method, String rest, OfProject handler) {
    routes.add(
        method,
        PROJECT + rest,
        (call, words) ->
            world
                .find(words[0])
                .map(project -> handler.answer(call, words, project))
                .orElseGet(Calls::unknown));
  }

  private Answer version() {
    return Answer.of(200, Map.of("version", release.version(), "revision", "fc1f1862bd9"));
  }

  private Answer token() {
    var scopes = gate.suffers(Fault.FORBIDS) ? List.of("read_user") : List.of("api");
    return Answer.of(
        200,
        Map.of(
            "id",
            42,
            "name",
            "nimbus",
            "revoked",
            false,
            "active",
            true,
            "created_at",
            "2025-12-01T00:00:00.000Z",
            "user_id",
            9,
            "scopes",
            scopes,
            "expires_at",
            "2026-12-01"));
  }

  /** A group has what is below it, in groups of its own too; a person is no group. */
  private Answer ownedProjects(Call call, String[] words) {
    var owner = URLDecoder.decode(words[1], StandardCharsets.UTF_8);
    var person = world.people().contains(owner);
    if (person == words[0].equals("groups")) {
      return unknown();
    }
    var deep = call.parameter("include_subgroups").equals("true");
    return projects(
        call,
        world.projects().stream()
            .filter(project -> below(owner, project.namespace(), deep))
            .toList());
  }

  private static boolean below(String owner, String namespace, boolean deep) {
    return namespace.equals(owner) || (deep && namespace.startsWith(owner + "/"));
  }

  private Answer hooks(String word) {
    var path = URLDecoder.decode(word, StandardCharsets.UTF_8);
    var status = world.hooks().get(path);
    return Answer.of(200, status == null ? List.of() : List.of(Shapes.hook(status)));
  }

  private Answer projects(Call call, List<Project> projects) {
    var sorted =
        projects.stream()
            .sorted(Comparator.comparing((Project project) -> project.lastActivityAt).reversed())
            .toList();
    return Pages.numbered(call, sorted, shapes::project);
  }

  private Answer jobs(Call call, String[] words, Project project) {
    var scope = call.parameter("scope%5B%5D");
    var all =
        world.jobs().stream()
            .filter(job -> job.project.equals(project))
            .filter(job -> scope.isEmpty() || job.status.word().equals(scope))
            .toList();
    return call.parameter("pagination").equals("keyset")
        ? Pages.byKey(call, all, job -> job.id, shapes::job)
        : Pages.numbered(call, all.reversed(), shapes::job);
  }

  private Answer job(String[] words, Project project) {
    return answered(world.job(Long.parseLong(words[1])), project, shapes::job);
  }

  private Answer pipeline(String[] words, Project project) {
    var id = Long.parseLong(words[1]);
    var job = world.jobs().stream().filter(one -> one.pipeline == id).findFirst();
    return answered(job, project, one -> shapes.pipeline(one, true));
  }

  private static Answer answered(Optional<Job> job, Project project, Function<Job, Object> shape) {
    return job.filter(one -> one.project.equals(project))
        .map(one -> Answer.of(200, shape.apply(one)))
        .orElseGet(Calls::unknown);
  }

  @FunctionalInterface
  interface OfProject {
    Answer answer(Call call, String[] words, Project project);
  }
}
