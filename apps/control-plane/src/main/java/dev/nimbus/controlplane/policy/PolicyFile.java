package dev.nimbus.controlplane.policy;

import dev.nimbus.controlplane.policy.PolicyDocument.Reading;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.service.config.ConfigException;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Metrics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in force. It is read again when its file changes; a file that cannot be used, that is
 * gone or was emptied changes nothing. One thread steps, any may ask.
 */
public final class PolicyFile implements Supplier<AdmissionPolicy> {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyFile.class);

  private final Path file;
  private final InstantSource time;
  private final Metrics metrics;
  private final Counter reloads;
  private volatile State state;

  private PolicyFile(Path file, InstantSource time, Metrics metrics, Counter reloads, State state) {
    this.file = file;
    this.time = time;
    this.metrics = metrics;
    this.reloads = reloads;
    this.state = state;
  }

  /**
   * What there is to know at one time.
   *
   * @param seen what the file was like when it was last read
   * @param problems of the file as it is now; the rules are those of before
   */
  private record State(
      PolicyDocument document, AdmissionPolicy policy, Stamp seen, List<String> problems) {
    State lookedAt(Stamp stamp, List<String> found) {
      return new State(document, policy, stamp, found);
    }
  }

  /**
   * Reads a file, or throws {@link ConfigException} with everything that is wrong with it.
   *
   * @param file an empty path for the rules an installation has without a file
   */
  public static PolicyFile open(Path file, InstantSource time, Metrics metrics) {
    var reloads =
        metrics.counter(
            "nimbus_control_plane_policy_reloads_total",
            "Times the policy file was read because it was new or changed",
            "result");
    var seen = Stamp.of(file);
    var document = named(file) ? PolicyDocument.load(file) : PolicyDocument.DEFAULT;
    var policy = CountedPolicy.of(document.rules(), metrics);
    var opened =
        new PolicyFile(file, time, metrics, reloads, new State(document, policy, seen, List.of()));
    if (named(file)) {
      opened.loaded(document);
    }
    return opened;
  }

  /** The policy to decide the next job by. */
  @Override
  public AdmissionPolicy get() {
    return state.policy();
  }

  /** Which contents are in force; equal for equal contents. */
  public String revision() {
    return state.document().revision();
  }

  /** Why the file as it is now is not in force; empty when it is. */
  public Optional<String> lastError() {
    var problems = state.problems();
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", problems));
  }

  /** Reads the file if it changed since it was last read. Repeatable; never throws for a file. */
  public void step() {
    var stamp = Stamp.of(file);
    if (!named(file) || stamp.equals(state.seen()) || stamp.young(time.instant())) {
      return;
    }
    switch (PolicyDocument.read(file)) {
      case Reading.Good(var document) -> take(document, stamp);
      case Reading.Empty _ ->
          refuse(stamp, List.of("'%s' is empty; 'rules: []' has none.".formatted(file)));
      case Reading.Bad(var problems) -> refuse(stamp, problems);
    }
  }

  private void take(PolicyDocument document, Stamp stamp) {
    if (document.revision().equals(revision())) {
      state = state.lookedAt(stamp, List.of());
      return;
    }
    state = new State(document, CountedPolicy.of(document.rules(), metrics), stamp, List.of());
    loaded(document);
  }

  private void loaded(PolicyDocument document) {
    reloads.increment("ok");
    LOG.atInfo()
        .addKeyValue("file", file)
        .addKeyValue("revision", document.revision())
        .addKeyValue("rules", document.rules().rules().size())
        .log("Policy is in force");
  }

  private void refuse(Stamp stamp, List<String> problems) {
    state = state.lookedAt(stamp, problems);
    reloads.increment("failed");
    LOG.atError()
        .addKeyValue("file", file)
        .addKeyValue("revision", revision())
        .addKeyValue("problems", String.join(" ", problems))
        .log("Policy file cannot be used, the policy of before stays in force");
  }

  private static boolean named(Path file) {
    return !file.toString().isEmpty();
  }
}
