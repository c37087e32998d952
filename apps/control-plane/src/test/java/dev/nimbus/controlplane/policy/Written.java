package dev.nimbus.controlplane.policy;

import dev.nimbus.controlplane.policy.PolicyDocument.Reading;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.Rulebook;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A policy as a test writes it. */
final class Written {
  static final OrgId ACME = new OrgId("acme");

  private Written() {}

  static Reading read(String text) {
    return PolicyDocument.of("p.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  static Rulebook rules(String text) {
    return switch (read(text)) {
      case Reading.Good(var document) -> document.rules();
      case Reading.Empty _ -> Rulebook.DEFAULT;
      case Reading.Bad(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  static List<String> problems(String text) {
    return read(text) instanceof Reading.Bad(var problems) ? problems : List.of();
  }

  /** The rule that denies, or nothing. */
  static String denier(Rulebook rules, Asked job) {
    return rules.decide(ACME, job.build()) instanceof Admission.Denied denied
        ? denied.by().rule()
        : "";
  }

  static String why(Rulebook rules, Asked job) {
    return ((Admission.Denied) rules.decide(ACME, job.build())).by().why();
  }

  static List<String> pool(Rulebook rules, Asked job) {
    return ((Admission.Admitted) rules.decide(ACME, job.build())).pool();
  }
}
