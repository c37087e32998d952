package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.World.Runner;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers calls about runners. */
final class RunnerCalls {
  private final World world;
  private final Shapes shapes;
  private final Access access;
  private final Predicate<Runner> saidBusy;

  /**
   * @param saidBusy which runners lists say are busy; a deletion knows which are
   */
  RunnerCalls(World world, Shapes shapes, Access access, Predicate<Runner> saidBusy) {
    this.world = world;
    this.access = access;
    this.shapes = shapes;
    this.saidBusy = saidBusy;
  }

  void addTo(Routes routes) {
    for (var scope : List.of("/orgs/{org}", "/repos/{owner}/{repo}")) {
      var right = scope.startsWith("/orgs") ? "organization_self_hosted_runners" : "administration";
      var path = scope + "/actions/runners";
      routes.add("GET", path, right + ":read", this::list);
      routes.add("POST", path + "/generate-jitconfig", right + ":write", this::make);
      routes.add("POST", path + "/registration-token", right + ":write", _ -> registration());
      routes.add("DELETE", path + "/{id}", right + ":write", this::delete);
    }
    routes.add(
        "GET",
        "/orgs/{org}/actions/runner-groups",
        "organization_self_hosted_runners:read",
        this::groups);
  }

  private Answer list(Asked asked) {
    var name = asked.parameter("name");
    var runners =
        world.runners().stream()
            .filter(runner -> runner.scope.equals(scope(asked)))
            .filter(runner -> name.isEmpty() || runner.name.equals(name))
            .map(runner -> shapes.runner(runner, saidBusy.test(runner)))
            .toList();
    return Answer.page(asked, "runners", runners);
  }

  private Answer make(Asked asked) {
    var wanted = asked.json(NewRunner.class);
    var labels = wanted.labels() == null ? List.<String>of() : wanted.labels();
    var name = wanted.name() == null ? "" : wanted.name();
    var group = wanted.runnerGroupId() == null ? 0 : wanted.runnerGroupId();
    if (name.isEmpty() || name.length() > 64 || labels.isEmpty() || labels.size() > 100) {
      return Answer.problem(422, "Validation Failed");
    }
    if (!world.groups().containsKey(group)) {
      return Answer.problem(404, "Not Found");
    }
    if (world.runners().stream().anyMatch(runner -> taken(runner, asked, name))) {
      return Answer.problem(409, "Already exists - A runner with the name already exists.");
    }
    var runner = world.addRunner(scope(asked), name, group, List.copyOf(labels), true);
    var config = new JitConfig(runner.id, runner.key).encoded();
    return Answer.of(
        201, Map.of("runner", shapes.runner(runner, false), "encoded_jit_config", config));
  }

  private Answer registration() {
    return Answer.of(
        201, Map.of("token", access.registration(), "expires_at", "2100-01-01T00:00:00Z"));
  }

  private static boolean taken(Runner runner, Asked asked, String name) {
    return runner.scope.equals(scope(asked)) && runner.name.equals(name);
  }

  private Answer delete(Asked asked) {
    var words = asked.path().split("/", -1);
    var runner = world.runner(scope(asked), words[words.length - 1]);
    if (runner.isEmpty()) {
      return Answer.problem(404, "Not Found");
    }
    if (runner.get().job != null) {
      return Answer.problem(
          422, "Bad request - Runner \"" + runner.get().name + "\" is still running a job\"");
    }
    world.delete(runner.get());
    return Answer.empty(204);
  }

  private Answer groups(Asked asked) {
    var groups =
        world.groups().entrySet().stream()
            .map(group -> shapes.group(group.getKey(), group.getValue()))
            .toList();
    return Answer.page(asked, "runner_groups", groups);
  }

  private static String scope(Asked asked) {
    return asked.path().substring(0, asked.path().indexOf("/actions/"));
  }

  record NewRunner(
      @Nullable String name, @Nullable Long runnerGroupId, @Nullable List<String> labels) {}
}
