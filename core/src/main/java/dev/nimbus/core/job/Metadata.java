package dev.nimbus.core.job;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What people attach to a job to find and compare it later. Never a requirement. */
public record Metadata(SortedMap<String, String> values) {
  public static final Metadata NONE = of(Map.of());

  private static final int MAX_COUNT = 64;
  private static final int MAX_LENGTH = 256;

  public Metadata {
    if (values.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "Too many metadata entries: " + values.size() + " (at most " + MAX_COUNT + ")");
    }
    values.forEach(Metadata::check);
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public static Metadata of(Map<String, String> values) {
    return new Metadata(new TreeMap<>(values));
  }

  private static void check(String key, String value) {
    if (key.isBlank() || key.length() > MAX_LENGTH || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "Not a metadata entry: '" + key + "' (a key, and at most 256 characters each)");
    }
  }
}
