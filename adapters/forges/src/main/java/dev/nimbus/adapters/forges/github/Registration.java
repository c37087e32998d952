package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.github.scaleset.Minted;
import dev.nimbus.adapters.forges.github.scaleset.ScaleSets;
import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.forge.RunnerSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Registers runners good for one job. A name can be registered once, so a call whose answer was
 * lost leaves no second runner: the next one with this name finds it and replaces it.
 */
final class Registration {
  private static final Duration WHILE_BUSY = Duration.ofMinutes(1);
  private static final Duration WHILE_TAKEN = Duration.ofSeconds(5);

  /** What a job that names no label but a group runs on. */
  private static final List<String> NO_LABELS = List.of("self-hosted");

  private final ForgeApi api;
  private final Settings settings;
  private final Runners runners;
  private final RunnerGroups groups;
  private final ScaleSets scaleSets;
  private final InstantSource time;

  Registration(
      ForgeApi api,
      Settings settings,
      Runners runners,
      RunnerGroups groups,
      ScaleSets scaleSets,
      InstantSource time) {
    this.api = api;
    this.settings = settings;
    this.runners = runners;
    this.groups = groups;
    this.scaleSets = scaleSets;
    this.time = time;
  }

  Registered register(RunnerSpec spec) {
    return spec.job().handle().isEmpty() ? byLabels(spec) : ofSet(spec);
  }

  private Registered ofSet(RunnerSpec spec) {
    var set = settings.scaleSet(spec.job().handle());
    var scope = RunnerScope.of(settings, spec.job().repository());
    return set.isEmpty()
        ? new Registered.Refused(
            "the connection has no scale set '%s' any more; name it in option scale_sets"
                .formatted(spec.job().handle()))
        : once(spec, scope, () -> registered(scaleSets.mint(set.get(), spec.name())));
  }

  /** What became of a runner of a scale set; empty when its name is taken. */
  private static Optional<Registered> registered(Minted minted) {
    return switch (minted) {
      case Minted.Ready(var id, var config) ->
          Optional.of(new Registered.Ready(id, launch(config)));
      case Minted.Taken _ -> Optional.empty();
      case Minted.Later(var notBefore, var why) ->
          Optional.of(new Registered.Later(notBefore, why));
      case Minted.Refused(var why) -> Optional.of(new Registered.Refused(why));
    };
  }

  private Registered byLabels(RunnerSpec spec) {
    try {
      var group = groups.id(Purpose.MINT);
      return group.isEmpty()
          ? new Registered.Refused(
              "'%s' has no runner group '%s'; create it, or correct option runner_group"
                  .formatted(settings.owner(), settings.runnerGroup()))
          : register(spec, group.get());
    } catch (NimbusException e) {
      if (e.kind() == Kind.DENIED) { // A person must act, which the caller is to be told.
        return new Registered.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Registered register(RunnerSpec spec, long group) {
    var scope = RunnerScope.of(settings, spec.job().repository());
    return once(
        spec,
        scope,
        () -> {
          var sent = api.attempt(call(spec, scope, group));
          return taken(sent) ? Optional.empty() : Optional.of(registered(spec, sent));
        });
  }

  /**
   * Registers, freeing the name first if it is taken.
   *
   * @param attempt empty when the name is taken
   */
  private Registered once(
      RunnerSpec spec, RunnerScope scope, Supplier<Optional<Registered>> attempt) {
    var first = attempt.get();
    if (first.isPresent()) {
      return first.get();
    }
    if (runners.retire(spec.name(), scope) == Retired.BUSY) {
      return later(WHILE_BUSY, "runner '%s' is running a job".formatted(spec.name()));
    }
    return attempt
        .get()
        .orElseGet(
            () -> later(WHILE_TAKEN, "GitHub still knows a runner '%s'".formatted(spec.name())));
  }

  private static boolean taken(ForgeApi.Sent sent) {
    return sent instanceof ForgeApi.Sent.Answered(var reply) && reply.status() == 409;
  }

  private Call call(RunnerSpec spec, RunnerScope scope, long group) {
    var labels = spec.job().labels().isEmpty() ? NO_LABELS : spec.job().labels();
    var runner = new Wire.NewRunner(spec.name().value(), group, labels, "_work");
    return Call.post(scope.runners() + "/generate-jitconfig", runner, Purpose.MINT);
  }

  private Registered registered(RunnerSpec spec, ForgeApi.Sent sent) {
    return switch (sent) {
      case ForgeApi.Sent.Later(var notBefore, var why) -> new Registered.Later(notBefore, why);
      case ForgeApi.Sent.Answered(var reply) when reply.status() == 201 -> ready(reply);
      case ForgeApi.Sent.Answered(var reply) -> refused(spec, reply);
    };
  }

  private static Registered ready(Reply reply) {
    var made = reply.json(Wire.Jit.class);
    if (made.runner() == null || made.runner().id() == null || made.encodedJitConfig() == null) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot use GitHub's answer: it has no runner or no configuration");
    }
    return new Registered.Ready(Long.toString(made.runner().id()), launch(made.encodedJitConfig()));
  }

  private static RunnerLaunch launch(String config) {
    var environment =
        Map.of(
            "ACTIONS_RUNNER_INPUT_JITCONFIG",
            config,
            "ACTIONS_RUNNER_RETURN_VERSION_DEPRECATED_EXIT_CODE",
            "1");
    var command = List.of("{tool}/bin/Runner.Listener", "run");
    return new RunnerLaunch(ForgeKind.GITHUB, command, environment, Map.of());
  }

  private Registered refused(RunnerSpec spec, Reply reply) {
    var doing = "register runner '%s' at '%s'".formatted(spec.name(), settings.owner());
    var advice =
        switch (reply.status()) {
          case 401 -> "the credential is not valid any more; make a new one";
          case 403, 404 -> missing();
          case 422 -> "GitHub does not take this runner; see its words";
          default -> throw reply.refusal(doing);
        };
    groups.forget();
    return new Registered.Refused(
        "Cannot %s: %s (%d: %s)".formatted(doing, advice, reply.status(), reply.told()));
  }

  private String missing() {
    var permission =
        settings.level() == Settings.Level.ORGANIZATION
            ? "organization permission 'Self-hosted runners: write'"
            : "repository permission 'Administration: write'";
    return "grant the credential " + permission + ", and see that the owner exists";
  }

  private Registered later(Duration wait, String why) {
    return new Registered.Later(time.instant().plus(wait), why);
  }
}
