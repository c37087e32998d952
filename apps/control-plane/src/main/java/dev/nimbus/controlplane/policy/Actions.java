package dev.nimbus.controlplane.policy;

import dev.nimbus.controlplane.policy.Mapping.Text;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.policy.Rule.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what becomes of jobs, and where isolated ones go. */
final class Actions {
  static final String USUAL_POOL = "isolated_pool";

  private static final Map<String, Word> OF_A_RULE =
      Map.of("deny", Word.DENY, "isolate", Word.ISOLATE);
  private static final Map<String, Word> OF_A_SETTING =
      Map.of("deny", Word.DENY, "isolate", Word.ISOLATE, "admit", Word.ADMIT);

  private final Mapping file;
  private final Problems problems;
  private final List<String> usualPool;

  private Actions(Mapping file, Problems problems, List<String> usualPool) {
    this.file = file;
    this.problems = problems;
    this.usualPool = usualPool;
  }

  static Actions of(Mapping file, Problems problems) {
    var pool = pool(file, USUAL_POOL, problems);
    return new Actions(file, problems, pool.isEmpty() ? List.of("isolated") : pool);
  }

  private enum Word {
    DENY,
    ISOLATE,
    ADMIT
  }

  /** What a setting of the whole file does; nothing when it admits. */
  Optional<Action> setting(String key) {
    return action(file.choice(key, OF_A_SETTING).orElse(Word.DENY), usualPool);
  }

  /** What a rule does. */
  Action of(Mapping rule) {
    var word = rule.choice("action", OF_A_RULE).orElse(Word.DENY);
    var pool = pool(rule, "pool", problems);
    if (word == Word.DENY && !pool.isEmpty()) {
      problems.at(rule.node(), "this rule has a 'pool', but no 'action: isolate'");
    }
    return action(word, pool.isEmpty() ? usualPool : pool).orElseGet(Action.Deny::new);
  }

  private static List<String> pool(Mapping mapping, String key, Problems problems) {
    var texts = mapping.some(key);
    try {
      return List.copyOf(Labels.of(texts.stream().map(Text::value).toList()).values());
    } catch (IllegalArgumentException e) {
      problems.at(texts.getFirst().at(), "'" + key + "': " + e.getMessage());
      return List.of();
    }
  }

  private static Optional<Action> action(Word word, List<String> pool) {
    return switch (word) {
      case DENY -> Optional.of(new Action.Deny());
      case ISOLATE -> Optional.of(new Action.Isolate(pool));
      case ADMIT -> Optional.empty();
    };
  }
}
