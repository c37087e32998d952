package dev.nimbus.service.config;

/**
 * What a key is set to and why.
 *
 * @param value the value in force, in the form it was written; masked for secrets, empty when there
 *     is none
 * @param source the file, the environment variable, or {@code default}
 */
public record Explanation(
    String name, String description, String value, String source, String defaultText) {
  static Explanation of(Key<?> key, Settings.Sourced set) {
    var byDefault = set.equals(Settings.Sourced.BY_DEFAULT);
    var text = byDefault ? key.defaultText() : set.text().strip().replace('\n', ',');
    var shown = key.secret() && !text.isEmpty() ? "****" : text;
    return new Explanation(key.name(), key.description(), shown, set.source(), key.defaultText());
  }
}
