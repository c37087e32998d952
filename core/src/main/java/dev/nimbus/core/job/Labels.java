package dev.nimbus.core.job;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A set of labels, lower-cased and sorted, so that equal sets are equal however they were written.
 */
public record Labels(SortedSet<String> values) {
  public static final Labels NONE = of(Set.of());

  private static final int MAX_COUNT = 32;
  private static final int MAX_LENGTH = 100;

  public Labels {
    if (values.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "Too many labels: " + values.size() + " (at most " + MAX_COUNT + ")");
    }
    var sorted = new TreeSet<String>();
    for (var value : values) {
      sorted.add(checked(value));
    }
    values = Collections.unmodifiableSortedSet(sorted);
  }

  public static Labels of(Collection<String> values) {
    return new Labels(new TreeSet<>(values));
  }

  public boolean containsAll(Labels wanted) {
    return values.containsAll(wanted.values);
  }

  /** Both are sorted, so one walk along them tells. */
  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof Labels labels
            && values.size() == labels.values.size()
            && sameInOrder(values.iterator(), labels.values.iterator()));
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return String.join(",", values);
  }

  private static boolean sameInOrder(Iterator<String> some, Iterator<String> others) {
    while (some.hasNext()) {
      if (!some.next().equals(others.next())) {
        return false;
      }
    }
    return true;
  }

  private static String checked(String value) {
    var label = value.strip();
    var clean = label.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',' && c != '"');
    if (label.isEmpty() || label.length() > MAX_LENGTH || !clean) {
      throw new IllegalArgumentException(
          "Not a label: '" + value + "' (visible ASCII without comma or quote, at most 100)");
    }
    return label.toLowerCase(Locale.ROOT);
  }
}
