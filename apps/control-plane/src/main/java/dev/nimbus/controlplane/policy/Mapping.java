package dev.nimbus.controlplane.policy;

import dev.nimbus.core.policy.Words;
import dev.nimbus.service.config.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping whose keys are known. What does not fit is recorded and read as if it were not there.
 */
final class Mapping {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_ITEMS = 1_000;
  private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final String what;
  private final Set<String> known;
  private final Problems problems;

  private Mapping(Node node, String what, Set<String> known, Problems problems) {
    this.node = node;
    this.what = what;
    this.known = known;
    this.problems = problems;
  }

  /**
   * Reads the keys.
   *
   * @param what it is, such as {@code a rule}
   */
  static Mapping of(Node node, String what, Set<String> known, Problems problems) {
    var mapping = new Mapping(node, what, known, problems);
    if (node instanceof MappingNode map) {
      map.getValue().forEach(pair -> mapping.put(pair.getKeyNode(), pair.getValueNode()));
    } else {
      problems.at(node, what + " is a mapping of keys to values");
    }
    return mapping;
  }

  /** Where it begins. */
  Node node() {
    return node;
  }

  /** The value of a key, whatever it is; a key without a value is not there. */
  Optional<Node> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !isNull(value));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value of a key that must hold something when it is there. */
  Optional<Node> filled(String key) {
    var value = Optional.ofNullable(values.get(key));
    if (value.filter(Mapping::holdsNothing).isPresent()) {
      problems.at(value.get(), "'" + key + "' is empty: leave it out");
      return Optional.empty();
    }
    return value;
  }

  /** One text. */
  Optional<Text> text(String key) {
    var value = Optional.ofNullable(values.get(key));
    return value.flatMap(present -> text(key, present));
  }

  /** Several texts; none when the key is not there or has no value. */
  List<Text> texts(String key) {
    var texts = new ArrayList<Text>();
    for (var item : items(key)) {
      text(key, item).ifPresent(texts::add);
    }
    return texts;
  }

  /** Several texts, at least one when the key is there. */
  List<Text> some(String key) {
    return filled(key).isEmpty() ? List.of() : texts(key);
  }

  /** One of several words. */
  <T> Optional<T> choice(String key, Map<String, T> choices) {
    return text(key).flatMap(text -> choice(key, text, choices));
  }

  /** Several of several words. */
  <T> Set<T> choices(String key, Map<String, T> choices) {
    var chosen = new LinkedHashSet<T>();
    some(key).forEach(text -> choice(key, text, choices).ifPresent(chosen::add));
    return chosen;
  }

  /** The items of a list; none when the key is not there or has no value. */
  List<Node> items(String key) {
    var value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof SequenceNode list)) {
      problems.at(value.get(), "'" + key + "' wants a list: write each item behind a dash");
      return List.of();
    }
    if (list.getValue().size() > MAX_ITEMS) {
      problems.at(
          list, "'%s' has %d items (at most %d)".formatted(key, list.getValue().size(), MAX_ITEMS));
      return List.of();
    }
    return list.getValue();
  }

  private <T> Optional<T> choice(String key, Text text, Map<String, T> choices) {
    var chosen = Optional.ofNullable(choices.get(text.value().toLowerCase(Locale.ROOT)));
    if (chosen.isEmpty()) {
      var words = choices.keySet().stream().sorted().toList();
      problems.at(
          text.at(),
          "'%s' wants %s, not %s".formatted(key, Words.either(words), Words.quoted(text.value())));
    }
    return chosen;
  }

  private Optional<Text> text(String key, Node value) {
    var wrong = wrong(value);
    if (!wrong.isEmpty()) {
      problems.at(value, "'" + key + "' " + wrong);
      return Optional.empty();
    }
    return Optional.of(new Text(((ScalarNode) value).getValue(), value));
  }

  /** What keeps a node from being a text; empty when nothing does. */
  private static String wrong(Node value) {
    if (!(value instanceof ScalarNode scalar)) {
      return "wants plain text here";
    }
    if (!isNull(value) && !PLAIN.contains(scalar.getTag())) {
      return "has a YAML tag here; put the text in quotes";
    }
    if (isNull(value) || scalar.getValue().isBlank()) {
      return "has no value here";
    }
    return scalar.getValue().length() <= MAX_LENGTH
        ? ""
        : "has %d characters here (at most %d)".formatted(scalar.getValue().length(), MAX_LENGTH);
  }

  private static boolean holdsNothing(Node value) {
    return isNull(value)
        || (value instanceof SequenceNode list && list.getValue().isEmpty())
        || (value instanceof MappingNode map && map.getValue().isEmpty());
  }

  private static boolean isNull(Node value) {
    return value.getTag().equals(Tag.NULL);
  }

  private void put(Node key, Node value) {
    if (!(key instanceof ScalarNode name)) {
      problems.at(key, "a key is plain text");
    } else if (values.putIfAbsent(name.getValue(), value) != null) {
      problems.at(key, Words.quoted(name.getValue()) + " is there twice");
    } else if (!known.contains(name.getValue())) {
      var hint = Nearest.hint(shown(name.getValue()), known);
      problems.at(
          key, "%s is not a key of %s%s".formatted(Words.quoted(name.getValue()), what, hint));
    }
  }

  private static String shown(String name) {
    return name.length() <= 50 ? name : name.substring(0, 50) + "…";
  }

  /** A text as it is written, and where it stands. */
  record Text(String raw, Node at) {
    /** Without the space around it. */
    String value() {
      return raw.strip();
    }
  }
}
