package dev.nimbus.adapters.storage;

import dev.nimbus.core.job.Labels;
import java.util.List;

/** Labels as a column: {@code ,a,b,}, so that each is found by the commas around it. */
final class StoredLabels {
  private StoredLabels() {}

  static String text(Labels labels) {
    return labels.values().isEmpty() ? "" : "," + labels + ",";
  }

  static Labels read(String text) {
    return text.isEmpty()
        ? Labels.NONE
        : Labels.of(List.of(text.substring(1, text.length() - 1).split(",", -1)));
  }

  /** What to look for to find one label. */
  static String part(String label) {
    return "," + label + ",";
  }
}
