package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.github.World.Repo;
import dev.nimbus.testkit.forge.github.World.Run;
import dev.nimbus.testkit.forge.github.World.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers calls about repositories, their runs and jobs, and statuses of commits. */
final class JobCalls {
  private static final int LONGEST_DESCRIPTION = 140;

  private final World world;
  private final Shapes shapes;
  private final AppShapes appShapes;

  JobCalls(World world, Shapes shapes, AppShapes appShapes) {
    this.world = world;
    this.shapes = shapes;
    this.appShapes = appShapes;
  }

  void addTo(Routes routes) {
    var repo = "/repos/{owner}/{repo}";
    var run = repo + "/actions/runs/{id}";
    routes.add("GET", "/installation/repositories", "metadata:read", this::installed);
    routes.add("GET", "/orgs/{org}/repos", "metadata:read", this::ofOrganization);
    routes.add("GET", repo + "/actions/runs", "actions:read", asked -> inRepo(asked, this::runs));
    routes.add("GET", run, "actions:read", asked -> inRun(asked, this::run));
    routes.add("GET", run + "/jobs", "actions:read", asked -> inRun(asked, r -> jobs(asked, r)));
    routes.add("GET", repo + "/actions/jobs/{id}", "actions:read", this::job);
    routes.add("POST", repo + "/statuses/{sha}", "statuses:write", this::status);
  }

  private Answer installed(Asked asked) {
    return Answer.page(
        asked, "repositories", world.repositoriesOf("acme").stream().map(shapes::full).toList());
  }

  private Answer ofOrganization(Asked asked) {
    return Answer.page(
        asked, "", world.repositoriesOf(asked.word(0)).stream().map(shapes::full).toList());
  }

  private Answer runs(Asked asked, Repo repo) {
    var wanted = asked.parameter("status");
    var runs =
        world.runsOf(repo).reversed().stream()
            .filter(run -> wanted.isEmpty() || world.statusOf(run).equals(wanted))
            .map(run -> shapes.run(run, world.statusOf(run)))
            .toList();
    return Answer.page(asked, "workflow_runs", runs);
  }

  private Answer run(Run run) {
    return Answer.of(200, shapes.run(run, world.statusOf(run)));
  }

  private Answer jobs(Asked asked, Run run) {
    var latest = world.latestJobs(run).stream().map(shapes::job).toList();
    return Answer.page(asked, "jobs", latest);
  }

  private Answer job(Asked asked) {
    return repo(asked)
        .flatMap(repo -> world.job(asked.word(2)).filter(job -> job.run.repo.equals(repo)))
        .map(job -> Answer.of(200, shapes.job(job)))
        .orElseGet(JobCalls::notFound);
  }

  private Answer status(Asked asked) {
    var said = asked.json(NewStatus.class);
    var description = said.description() == null ? "" : said.description();
    if (said.state() == null
        || !List.of("error", "failure", "pending", "success").contains(said.state())
        || description.length() > LONGEST_DESCRIPTION) {
      return Answer.problem(422, "Validation Failed");
    }
    var context = said.context() == null ? "default" : said.context();
    var status = new Status(said.state(), description, context, String.valueOf(said.targetUrl()));
    world.say(asked.word(2), status);
    return Answer.of(201, appShapes.status(asked.word(2), world.nextId(), status));
  }

  private Answer inRepo(Asked asked, Looking<Repo> looking) {
    return repo(asked).map(repo -> looking.at(asked, repo)).orElseGet(JobCalls::notFound);
  }

  private Answer inRun(Asked asked, Function<Run, Answer> looking) {
    return repo(asked)
        .flatMap(repo -> world.run(asked.word(2)).filter(run -> run.repo.equals(repo)))
        .map(looking)
        .orElseGet(JobCalls::notFound);
  }

  /** A repository the credential can see: those of its owner. */
  private Optional<Repo> repo(Asked asked) {
    return asked.word(0).equalsIgnoreCase("acme")
        ? world.find(asked.word(0) + "/" + asked.word(1))
        : Optional.empty();
  }

  private static Answer notFound() {
    return Answer.problem(404, "Not Found");
  }

  @FunctionalInterface
  private interface Looking<T> {
    Answer at(Asked asked, T thing);
  }

  record NewStatus(
      @Nullable String state,
      @Nullable String description,
      @Nullable String context,
      @Nullable String targetUrl) {}
}
