package dev.nimbus.e2e.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A metric as the code registers it. */
record Metric(String name, String kind, String help, List<String> labels, String app) {
  private static final String TEXT = "\"((?:[^\"]|\"\\s*\\+\\s*\")*)\"";
  private static final Pattern REGISTERED =
      Pattern.compile(
          "\\.(counter|gauge|histogram|sample|sampleTotal)\\(\\s*\"([a-z_]+)\",\\s*"
              + TEXT
              + "([^;)]*)");
  private static final Pattern LABEL = Pattern.compile("\"([a-z_]+)\"");
  private static final Map<String, String> KINDS =
      Map.of(
          "counter", "counter",
          "gauge", "gauge",
          "histogram", "histogram",
          "sample", "gauge",
          "sampleTotal", "counter");
  private static final Map<String, String> APPS =
      Map.of(
          "control-plane", "control plane",
          "cache-proxy", "cache proxy",
          "log-pipeline", "logging pipeline",
          "host-agent", "host agent");

  /** Every metric a source registers. */
  static List<Metric> in(Tree tree, Path source) {
    var app = app(tree.root().relativize(source));
    var metrics = new ArrayList<Metric>();
    REGISTERED
        .matcher(tree.text(source))
        .results()
        .forEach(found -> metrics.add(metric(found, app)));
    return metrics;
  }

  private static Metric metric(MatchResult found, String app) {
    var asked = found.group(1);
    var labels =
        asked.startsWith("sample")
            ? List.<String>of()
            : LABEL.matcher(found.group(4)).results().map(label -> label.group(1)).toList();
    var help = found.group(3).replaceAll("\"\\s*\\+\\s*\"", "");
    return new Metric(found.group(2), KINDS.getOrDefault(asked, asked), help, labels, app);
  }

  private static String app(Path source) {
    return Optional.of(source)
        .filter(path -> path.startsWith("apps"))
        .map(path -> APPS.get(path.getName(1).toString()))
        .orElse("all");
  }
}
