package dev.nimbus.cli.policy;

import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.Judgement;
import dev.nimbus.core.policy.Judgement.Result;
import java.util.List;
import java.util.stream.Stream;

/**
 * A decision, for printing.
 *
 * @param rule that denied; empty when none did
 * @param pool the labels of the only hosts it may run on; empty for any host
 * @param unsure whether the policy looks at something the event does not say
 * @param steps what rules said, in their order
 */
record Decided(
    boolean admitted,
    String rule,
    String why,
    List<String> pool,
    boolean unsure,
    String revision,
    List<Step> steps) {
  static Decided of(Judgement judgement, boolean unsure, String revision) {
    var steps =
        judgement.steps().stream()
            .map(step -> new Step(step.rule(), step.result().word(), step.why()))
            .toList();
    return switch (judgement.admission()) {
      case Admission.Admitted(var pool, _) ->
          new Decided(true, "", "", pool, unsure, revision, steps);
      case Admission.Denied(var by, _) ->
          new Decided(false, by.rule(), by.why(), List.of(), unsure, revision, steps);
    };
  }

  record Step(String rule, String result, String why) {
    private String line() {
      return "%s by %s: %s\n".formatted(result, rule, why);
    }

    private boolean denies() {
      return result.equals(Result.DENIED.word());
    }
  }

  /** What rules said, the decision last. */
  String text() {
    var others = steps.stream().filter(step -> !step.denies()).map(Step::line);
    var decision =
        admitted ? Stream.of(admission()) : Stream.of(new Step(rule, "denied", why).line());
    return String.join("", Stream.concat(others, decision).toList());
  }

  private String admission() {
    return pool.isEmpty()
        ? "admitted to any host\n"
        : "admitted to hosts labelled " + String.join(", ", pool) + "\n";
  }
}
