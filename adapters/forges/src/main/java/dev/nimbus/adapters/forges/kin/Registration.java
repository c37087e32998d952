package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.ForgeApi.Sent;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.Forge.Registered;
import dev.nimbus.core.forge.Forge.Retired;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.RunnerSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Registers runners good for one job. A forge takes any name twice, so the new runner comes first
 * and those of its name before it go afterwards: an answer that was lost leaves none behind.
 */
public final class Registration {
  private static final Duration WHILE_BUSY = Duration.ofSeconds(30);

  private final Scopes scopes;
  private final Runners runners;
  private final Maker maker;
  private final InstantSource time;

  public Registration(Scopes scopes, Runners runners, Maker maker, InstantSource time) {
    this.scopes = scopes;
    this.runners = runners;
    this.maker = maker;
    this.time = time;
  }

  public Registered register(RunnerSpec spec) {
    var scope = scopes.of(spec.job().repository());
    try {
      var odd = oddLabel(spec.job());
      return odd.<Registered>map(Registered.Refused::new)
          .orElseGet(() -> alone(spec, scope, maker.make(spec, scope)));
    } catch (NimbusException e) {
      if (e.kind() == Kind.DENIED) { // A person must act, which the caller is to be told.
        return new Registered.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Registered alone(RunnerSpec spec, String scope, Registered made) {
    if (!(made instanceof Registered.Ready ready)) {
      return made;
    }
    if (runners.replace(spec.name(), Long.parseLong(ready.runnerId()), scope) == Retired.BUSY) {
      return new Registered.Later(
          time.instant().plus(WHILE_BUSY), "runner '%s' is running a job".formatted(spec.name()));
    }
    return ready;
  }

  /** The runners' programs read a colon as the end of a label's name, and would lose the job. */
  private static Optional<String> oddLabel(ForgeJob job) {
    return job.labels().stream()
        .filter(label -> label.indexOf(':') >= 0 || !label.strip().equals(label))
        .findFirst()
        .map(
            label ->
                "Cannot register a runner for job %s: the runner's program takes no label '%s' "
                        .formatted(job.key(), label)
                    + "(a colon or a space at an end); write the workflow without it");
  }

  /** The labels as the runners' programs want them: each runs its job on the host itself. */
  public static List<String> onHost(ForgeJob job) {
    return job.labels().stream().map(label -> label + ":host").toList();
  }

  /**
   * What became of a call that makes a runner, or a part of one.
   *
   * @param ready reads a good answer
   * @param missing what may be missing where nothing was found or the token may not
   */
  public static Registered outcome(
      RunnerSpec spec, Sent sent, String missing, Function<Reply, Registered> ready) {
    return switch (sent) {
      case Sent.Later(var notBefore, var why) -> new Registered.Later(notBefore, why);
      case Sent.Answered(var reply) when reply.ok() -> ready.apply(reply);
      case Sent.Answered(var reply) -> refused(spec, reply, missing);
    };
  }

  private static Registered refused(RunnerSpec spec, Reply reply, String missing) {
    var doing = "register runner '%s'".formatted(spec.name());
    var advice =
        switch (reply.status()) {
          case 401 -> "the token is not valid any more; make a new one";
          case 403, 404, 405 -> missing;
          default -> throw reply.refusal(doing);
        };
    return new Registered.Refused(
        "Cannot %s: %s (%d: %s)".formatted(doing, advice, reply.status(), reply.told()));
  }

  /** Makes a runner in the forge's own way. */
  @FunctionalInterface
  public interface Maker {
    /** Ready with a number as its id, or why not. */
    Registered make(RunnerSpec spec, String scope);
  }
}
