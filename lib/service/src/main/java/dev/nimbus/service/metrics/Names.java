package dev.nimbus.service.metrics;

import java.util.regex.Pattern;

/** What metrics and labels may be called. */
final class Names {
  private static final Pattern METRIC = Pattern.compile("(nimbus|process|jvm)(_[a-z0-9]+)+");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");

  private Names() {}

  static String metric(String name) {
    if (!METRIC.matcher(name).matches()) {
      throw new IllegalArgumentException("Not a metric name: '" + name + "'");
    }
    return name;
  }

  static String[] labels(String... labels) {
    for (var label : labels) {
      if (!LABEL.matcher(label).matches()) {
        throw new IllegalArgumentException("Not a label name: '" + label + "'");
      }
    }
    return labels;
  }
}
