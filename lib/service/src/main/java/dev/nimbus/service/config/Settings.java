package dev.nimbus.service.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one process, read once at its start. The environment beats the file.
 * Mistakes are collected: read every key, call {@link #done}, and only then build on the values. An
 * empty environment variable counts as not set. Not thread-safe.
 */
public final class Settings {
  private static final String PREFIX = "NIMBUS_";

  private final List<Key<?>> known;
  private final Map<String, Sourced> values = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private Settings(Collection<Key<?>> known) {
    this.known = List.copyOf(known);
  }

  /**
   * Gathers what is set.
   *
   * @param file the YAML file, if there is one
   * @param environment usually {@link #environment}
   * @param known every key of every app, so that an environment may be shared by several; of keys
   *     with the same name the first counts here
   */
  public static Settings load(
      Optional<Path> file, Map<String, String> environment, List<Key<?>> known) {
    var byName = new LinkedHashMap<String, Key<?>>();
    known.forEach(key -> byName.putIfAbsent(key.name(), key));
    var settings = new Settings(byName.values());
    file.ifPresent(path -> settings.fromFile(path, byName));
    settings.fromEnvironment(environment);
    return settings;
  }

  /** The environment of this process. */
  public static Map<String, String> environment() {
    return System.getenv();
  }

  /** The value of a key; when it is missing or wrong, records that and returns a placeholder. */
  public <T> T read(Key<T> key) {
    var found = find(key);
    if (found.isEmpty() && !values.containsKey(key.name())) {
      problem(
          "'%s' is required: set %s or '%s' in the file."
              .formatted(
                  key.name(),
                  key.secret() ? key.variable() + " or " + key.fileVariable() : key.variable(),
                  key.name()));
    }
    return found.orElse(key.placeholder());
  }

  /** The value of a key that may be missing: set, or else its default. */
  public <T> Optional<T> find(Key<T> key) {
    var set = values.get(key.name());
    if (set == null) {
      return key.defaultText().isEmpty()
          ? Optional.empty()
          : Optional.of(key.parser().apply(key.defaultText()));
    }
    try {
      return Optional.of(key.parser().apply(set.text()));
    } catch (IllegalArgumentException e) {
      var shown = key.secret() ? "a secret" : "'" + set.text().strip() + "'";
      problem(
          "'%s' is %s, %s (from %s).".formatted(key.name(), shown, e.getMessage(), set.source()));
      return Optional.empty();
    }
  }

  /** Records a mistake that only several values together make; one whole sentence. */
  public void problem(String sentence) {
    if (!problems.contains(sentence)) {
      problems.add(sentence);
    }
  }

  /** Throws {@link ConfigException} when anything was wrong. */
  public void done() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** Every known key with its value and where that came from, secrets masked, in name order. */
  public List<Explanation> explain() {
    return known.stream()
        .map(key -> Explanation.of(key, values.getOrDefault(key.name(), Sourced.BY_DEFAULT)))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  private void fromFile(Path file, Map<String, Key<?>> byName) {
    ConfigFile.read(file, problems)
        .forEach(
            (name, text) -> {
              if (!byName.containsKey(name)) {
                problem(
                    "'%s' in '%s' is not a key of Nimbus%s"
                        .formatted(name, file, end(Nearest.hint(name, byName.keySet()))));
              } else if (!text.isBlank()) {
                values.put(name, new Sourced(text, file.toString()));
              }
            });
  }

  private void fromEnvironment(Map<String, String> environment) {
    var rest = new TreeMap<>(environment);
    rest.keySet().removeIf(name -> !name.startsWith(PREFIX));
    var variables = known.stream().map(Key::variable).toList();
    for (var key : known) {
      direct(key, rest.remove(key.variable()));
      if (key.secret()) {
        indirect(key, rest.remove(key.fileVariable()));
      }
    }
    for (var name : rest.keySet()) {
      problem(
          "'%s' in the environment is not a variable of Nimbus%s"
              .formatted(name, end(Nearest.hint(name, variables))));
    }
  }

  private void direct(Key<?> key, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      values.put(key.name(), new Sourced(text.strip(), key.variable()));
    }
  }

  private void indirect(Key<?> key, @Nullable String file) {
    if (file == null || file.isBlank()) {
      return;
    }
    var direct = values.get(key.name());
    if (direct != null && direct.source().equals(key.variable())) {
      problem("%s and %s are both set; unset one.".formatted(key.variable(), key.fileVariable()));
      return;
    }
    try {
      var text = Files.readString(Path.of(file)).strip();
      if (text.isEmpty()) {
        problem("The file '%s' named by %s is empty.".formatted(file, key.fileVariable()));
      }
      values.put(key.name(), new Sourced(text, key.fileVariable()));
    } catch (IOException | IllegalArgumentException e) {
      problem("Cannot read the file '%s' named by %s.".formatted(file, key.fileVariable()));
    }
  }

  private static String end(String hint) {
    return hint.isEmpty() ? "." : hint;
  }

  /** A text and the place it was set. */
  record Sourced(String text, String source) {
    static final Sourced BY_DEFAULT = new Sourced("", "default");
  }
}
