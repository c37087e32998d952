package dev.nimbus.adapters.forges.github.scaleset;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A scale set as a connection wants it.
 *
 * @param labels a job must ask for some of to be the set's, and for no other
 */
public record ScaleSet(String name, List<String> labels) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern LABEL = Pattern.compile("[^\\s,=\"]{1,100}");
  private static final int MAX_LABELS = 20;

  public ScaleSet {
    labels = List.copyOf(labels);
    if (!NAME.matcher(name).matches()
        || labels.isEmpty()
        || labels.size() > MAX_LABELS
        || !labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
      throw new IllegalArgumentException(
          "Not a scale set: '%s' with labels %s".formatted(name, labels));
    }
  }

  /** Reads {@code name}, whose label is its name, or {@code name=label label}. */
  public static ScaleSet parse(String text) {
    var parts = text.strip().split("\\s*=\\s*", 2);
    return parts.length == 1
        ? new ScaleSet(parts[0], List.of(parts[0]))
        : new ScaleSet(parts[0], List.of(parts[1].split("\\s+")));
  }

  /** Whether GitHub may give the set a job that asks for these. */
  public boolean fits(List<String> wanted) {
    var mine = labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).toList();
    return !wanted.isEmpty()
        && wanted.stream().allMatch(label -> mine.contains(label.toLowerCase(Locale.ROOT)));
  }
}
