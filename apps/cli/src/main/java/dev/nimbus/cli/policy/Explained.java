package dev.nimbus.cli.policy;

import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.policy.Rule;
import java.util.List;
import java.util.Locale;

/** A policy, for printing. */
record Explained(String revision, List<Line> rules) {
  static Explained of(PolicyDocument policy) {
    return new Explained(policy.revision(), policy.rules().rules().stream().map(Line::of).toList());
  }

  record Line(String rule, String mode, String sentence, String message) {
    private static Line of(Rule rule) {
      return new Line(
          rule.id(), rule.mode().name().toLowerCase(Locale.ROOT), rule.sentence(), rule.message());
    }
  }

  String text() {
    var text = new StringBuilder();
    for (var i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      text.append("%3d. %s: %s".formatted(i + 1, rule.rule(), rule.sentence()));
      text.append(rule.message().isEmpty() ? "\n" : " Says: " + rule.message() + "\n");
    }
    return text.append("Whatever no rule denies is admitted.\n").toString();
  }
}
