package dev.nimbus.controlplane.policy;

import dev.nimbus.core.policy.Condition;
import dev.nimbus.core.policy.Field;
import dev.nimbus.core.policy.FieldCondition;
import dev.nimbus.core.policy.LabelCondition;
import dev.nimbus.core.policy.MissingLabelCondition;
import dev.nimbus.core.policy.Patterns;
import dev.nimbus.core.policy.Patterns.Letters;
import dev.nimbus.core.policy.Rule;
import dev.nimbus.core.policy.Rule.Action;
import dev.nimbus.core.policy.Rule.Mode;
import dev.nimbus.core.policy.Rulebook;
import dev.nimbus.core.policy.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a file's rules in the order they are asked: the five lists, whose entries stand for
 * themselves, then whose code a job runs, then the rules.
 */
final class PolicyReader {
  private static final int MAX_RULES = 500;
  private static final String ALLOW_REPOSITORIES = "allow_repositories";
  private static final String DENY_REPOSITORIES = "deny_repositories";
  private static final String DENY_LABELS = "deny_labels";
  private static final String REQUIRE_LABELS = "require_labels";
  private static final String BLOCK_TITLES = "block_title_patterns";
  private static final String UNTRUSTED = "untrusted_pull_requests";
  private static final String UNTOLD = "unknown_origin";
  private static final String RULES = "rules";
  private static final Set<String> KNOWN =
      Set.of(
          ALLOW_REPOSITORIES,
          DENY_REPOSITORIES,
          DENY_LABELS,
          REQUIRE_LABELS,
          BLOCK_TITLES,
          UNTRUSTED,
          UNTOLD,
          Actions.USUAL_POOL,
          RULES);

  private final Mapping file;
  private final Problems problems;
  private final List<Rule> rules = new ArrayList<>();

  private PolicyReader(Mapping file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  static Rulebook read(Node document, Problems problems) {
    return new PolicyReader(Mapping.of(document, "a policy", KNOWN, problems), problems).read();
  }

  private Rulebook read() {
    lists();
    var actions = Actions.of(file, problems);
    actions.setting(UNTRUSTED).map(Rulebook::untrusted).ifPresent(rules::add);
    actions.setting(UNTOLD).map(Rulebook::untold).ifPresent(rules::add);
    var items = file.items(RULES);
    if (items.size() > MAX_RULES) {
      problems.at(items.get(MAX_RULES), "%d rules (at most %d)".formatted(items.size(), MAX_RULES));
      return new Rulebook(rules);
    }
    var reader = new RuleReader(actions, reserved(), problems);
    items.forEach(item -> rules.add(reader.read(item)));
    return new Rulebook(rules);
  }

  private void lists() {
    var allowed = names(ALLOW_REPOSITORIES);
    if (!allowed.isEmpty()) {
      add(ALLOW_REPOSITORIES, repository(Patterns.allBut(allowed, Letters.FOLDED)));
    }
    var denied = names(DENY_REPOSITORIES);
    if (!denied.isEmpty()) {
      add(DENY_REPOSITORIES, repository(Patterns.of(denied, Letters.FOLDED)));
    }
    var labels = names(DENY_LABELS);
    if (!labels.isEmpty()) {
      add(DENY_LABELS, new LabelCondition(Patterns.of(labels, Letters.FOLDED)));
    }
    var required = names(REQUIRE_LABELS);
    if (!required.isEmpty()) {
      add(REQUIRE_LABELS, new MissingLabelCondition(required));
    }
    titles();
  }

  private void titles() {
    var patterns = new ArrayList<com.google.re2j.Pattern>();
    for (var text : file.texts(BLOCK_TITLES)) {
      try {
        patterns.add(TitleCondition.pattern(text.raw()));
      } catch (IllegalArgumentException e) {
        problems.at(text.at(), "'%s': %s".formatted(BLOCK_TITLES, e.getMessage()));
      }
    }
    if (!patterns.isEmpty()) {
      add(BLOCK_TITLES, new TitleCondition(patterns));
    }
  }

  /** Texts that stand for themselves; who writes a pattern here must not think it is one. */
  private List<String> names(String key) {
    var names = new ArrayList<String>();
    for (var text : file.texts(key)) {
      if (pattern(text.value())) {
        problems.at(
            text.at(),
            "'%s' wants whole names, not %s; patterns go into a rule"
                .formatted(key, Words.quoted(text.value())));
      }
      names.add(text.value());
    }
    return names;
  }

  private static boolean pattern(String text) {
    return text.startsWith("!") || text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  private void add(String key, Condition condition) {
    rules.add(
        new Rule(id(key), List.of(), List.of(condition), new Action.Deny(), Mode.ENFORCE, ""));
  }

  private static Condition repository(Patterns patterns) {
    return new FieldCondition(Field.REPOSITORY, patterns);
  }

  private static Set<String> reserved() {
    return Set.of(
        Rulebook.LABELS,
        Rulebook.UNTRUSTED,
        Rulebook.UNTOLD,
        id(ALLOW_REPOSITORIES),
        id(DENY_REPOSITORIES),
        id(DENY_LABELS),
        id(REQUIRE_LABELS),
        id(BLOCK_TITLES));
  }

  private static String id(String key) {
    return key.replace('_', '-');
  }
}
