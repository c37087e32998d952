package dev.nimbus.controlplane.policy;

import dev.nimbus.controlplane.policy.Mapping.Text;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Rule;
import dev.nimbus.core.policy.Rule.Mode;
import dev.nimbus.core.policy.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the rules of one file. */
final class RuleReader {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Map<String, Mode> MODES =
      Map.of("enforce", Mode.ENFORCE, "shadow", Mode.SHADOW);
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "orgs",
          "repositories",
          "branches",
          "events",
          "actors",
          "trust",
          "labels",
          "limits",
          "when",
          "action",
          "pool",
          "mode",
          "message");

  private final Problems problems;
  private final Actions actions;
  private final Set<String> taken;

  /**
   * Reads rules.
   *
   * @param taken ids no rule may have
   */
  RuleReader(Actions actions, Set<String> taken, Problems problems) {
    this.actions = actions;
    this.taken = new HashSet<>(taken);
    this.problems = problems;
  }

  Rule read(Node node) {
    var rule = Mapping.of(node, "a rule", KNOWN, problems);
    return new Rule(
        id(rule),
        orgs(rule),
        new ConditionReader(rule, problems).read(),
        actions.of(rule),
        rule.choice("mode", MODES).orElse(Mode.ENFORCE),
        rule.text("message").map(text -> text.value().replaceAll("\\s+", " ")).orElse(""));
  }

  private String id(Mapping rule) {
    var id = rule.text("id");
    if (!rule.has("id") && rule.node() instanceof MappingNode) {
      problems.at(rule.node(), "this rule has no 'id'");
    }
    id.ifPresent(this::checkId);
    return id.map(Text::value).orElse("");
  }

  private void checkId(Text id) {
    if (!ID.matcher(id.value()).matches()) {
      problems.at(
          id.at(), "'id' wants a-z, 0-9 and -, at most 64, not " + Words.quoted(id.value()));
    } else if (!taken.add(id.value())) {
      problems.at(id.at(), "there is another rule '" + id.value() + "'");
    }
  }

  private List<OrgId> orgs(Mapping rule) {
    var orgs = new ArrayList<OrgId>();
    for (var text : rule.some("orgs")) {
      try {
        orgs.add(new OrgId(text.value()));
      } catch (IllegalArgumentException e) {
        problems.at(text.at(), "'orgs': " + e.getMessage());
      }
    }
    return orgs;
  }
}
