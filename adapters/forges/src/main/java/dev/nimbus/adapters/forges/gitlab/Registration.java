package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.ForgeApi.Sent;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.RunnerSpec;
import dev.nimbus.core.id.Repository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.function.Function;

/**
 * Registers runners, each for one project: what a job could do with its runner's token, it can do
 * there only. GitLab takes any description twice, so the new runner comes first and those of its
 * name before it go afterwards: an answer that was lost leaves none behind.
 */
final class Registration {
  private static final Duration WHILE_BUSY = Duration.ofSeconds(30);
  private static final String MISSING =
      "give the token the scope 'api', or 'create_runner', 'manage_runner' and 'read_api', and its"
          + " user the role Maintainer of the project";

  private final ForgeApi api;
  private final Settings settings;
  private final Projects projects;
  private final Runners runners;
  private final InstantSource time;

  Registration(
      ForgeApi api, Settings settings, Projects projects, Runners runners, InstantSource time) {
    this.api = api;
    this.settings = settings;
    this.projects = projects;
    this.runners = runners;
    this.time = time;
  }

  Registered register(RunnerSpec spec) {
    var repository = spec.job().repository();
    try {
      return projects
          .id(repository)
          .map(project -> make(spec, project))
          .orElseGet(() -> find(spec, repository));
    } catch (NimbusException e) {
      if (e.kind() == Kind.DENIED) { // A person must act, which the caller is to be told.
        return new Registered.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Registered find(RunnerSpec spec, Repository repository) {
    var sent = api.attempt(Call.get(Projects.path(repository), Purpose.MINT));
    return outcome(spec, sent, reply -> make(spec, projects.id(repository, reply)));
  }

  private Registered make(RunnerSpec spec, long project) {
    var sent = api.attempt(Call.post("/v4/user/runners", runner(spec, project), Purpose.MINT));
    return outcome(spec, sent, reply -> alone(spec, reply.json(Wire.MadeRunner.class)));
  }

  /** What became of a call on the way to a runner. */
  private static Registered outcome(RunnerSpec spec, Sent sent, Function<Reply, Registered> ready) {
    return switch (sent) {
      case Sent.Later(var notBefore, var why) -> new Registered.Later(notBefore, why);
      case Sent.Answered(var reply) when reply.ok() -> ready.apply(reply);
      case Sent.Answered(var reply) -> refused(spec, reply);
    };
  }

  private Wire.NewRunner runner(RunnerSpec spec, long project) {
    var labels = spec.job().labels();
    var tags = new ArrayList<>(labels);
    tags.add(Runners.TAG);
    var longest = settings.longestJob();
    return new Wire.NewRunner(
        "project_type",
        project,
        spec.name().value(),
        tags,
        labels.isEmpty(),
        true,
        false,
        longest.isZero() ? null : Math.toIntExact(longest.toSeconds()));
  }

  private Registered alone(RunnerSpec spec, Wire.MadeRunner made) {
    if (made.id() == null || made.token() == null) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use GitLab's answer: the runner has no id or token");
    }
    if (runners.replace(spec.name(), made.id()) == Retired.BUSY) {
      return new Registered.Later(
          time.instant().plus(WHILE_BUSY), "runner '%s' is running a job".formatted(spec.name()));
    }
    return new Registered.Ready(
        Long.toString(made.id()), Launch.of(spec.name(), settings.url(), made.token()));
  }

  private static Registered refused(RunnerSpec spec, Reply reply) {
    var doing = "register runner '%s'".formatted(spec.name());
    var advice =
        switch (reply.status()) {
          case 400 -> "see what GitLab says"; // Such as a limit that is reached.
          case 401 -> "the token is not valid any more; make a new one";
          case 403, 404 -> MISSING;
          default -> throw reply.refusal(doing);
        };
    return new Registered.Refused(
        "Cannot %s: %s (%d: %s)".formatted(doing, advice, reply.status(), reply.told()));
  }
}
