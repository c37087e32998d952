package dev.nimbus.controlplane.policy;

import dev.nimbus.controlplane.policy.Mapping.Text;
import dev.nimbus.core.forge.ForgeJob.Trust;
import dev.nimbus.core.policy.Condition;
import dev.nimbus.core.policy.Field;
import dev.nimbus.core.policy.FieldCondition;
import dev.nimbus.core.policy.LabelCondition;
import dev.nimbus.core.policy.LimitCondition;
import dev.nimbus.core.policy.Patterns;
import dev.nimbus.core.policy.Patterns.Letters;
import dev.nimbus.core.policy.TrustCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a rule asks of a job: what costs least first, as the first that misses ends it. */
final class ConditionReader {
  private static final Map<String, Trust> TRUSTS =
      Map.of("member", Trust.MEMBER, "fork", Trust.FORK, "unknown", Trust.UNKNOWN);

  private final Mapping rule;
  private final Problems problems;
  private final List<Condition> conditions = new ArrayList<>();

  ConditionReader(Mapping rule, Problems problems) {
    this.rule = rule;
    this.problems = problems;
  }

  List<Condition> read() {
    var trusts = rule.choices("trust", TRUSTS);
    if (!trusts.isEmpty()) {
      conditions.add(new TrustCondition(trusts));
    }
    field("repositories", Field.REPOSITORY);
    field("branches", Field.BRANCH);
    field("events", Field.EVENT);
    field("actors", Field.ACTOR);
    var labels = patterns("labels", Letters.FOLDED);
    labels.forEach(patterns -> conditions.add(new LabelCondition(patterns)));
    limits();
    when();
    return conditions;
  }

  private void field(String key, Field field) {
    patterns(key, field.letters())
        .forEach(patterns -> conditions.add(new FieldCondition(field, patterns)));
  }

  private List<Patterns> patterns(String key, Letters letters) {
    var texts = rule.some(key);
    for (var text : texts) {
      if (text.value().equals("!")) {
        problems.at(text.at(), "'" + key + "' wants something behind the '!'");
      }
    }
    return texts.isEmpty()
        ? List.of()
        : List.of(Patterns.of(texts.stream().map(Text::value).toList(), letters));
  }

  private void limits() {
    rule.filled("limits")
        .map(node -> LimitReader.read(node, problems))
        .ifPresent(limits -> conditions.add(new LimitCondition(limits)));
  }

  private void when() {
    rule.text("when").ifPresent(this::expression);
  }

  private void expression(Text text) {
    try {
      conditions.add(ExpressionCompiler.SHARED.compile(text.value()));
    } catch (IllegalArgumentException e) {
      problems.at(text.at(), "'when': " + e.getMessage());
    }
  }
}
