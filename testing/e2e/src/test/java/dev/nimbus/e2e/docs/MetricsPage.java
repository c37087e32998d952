package dev.nimbus.e2e.docs;

import java.util.Comparator;
import java.util.List;

/** Every metric, by name. */
final class MetricsPage {
  private static final String HEAD =
      """
      # Metrics

      Made from the code by `ReferenceTest`; do not edit.

      Every service answers `/metrics` in the Prometheus text format, to clients on the same machine, or to
      whoever shows its metrics token when one is set. A metric with labels shows once something was counted.

      """;

  private MetricsPage() {}

  static List<Metric> metrics(Tree tree) {
    return tree.sources().stream()
        .flatMap(source -> Metric.in(tree, source).stream())
        .sorted(Comparator.comparing(Metric::name))
        .distinct()
        .toList();
  }

  static Page of(Tree tree) {
    var text = new StringBuilder(HEAD);
    text.append(Page.head("name", "type", "labels", "of", "what it is"));
    metrics(tree).forEach(metric -> text.append(row(metric)));
    return new Page(tree.file("docs/reference/metrics.md"), text.toString());
  }

  private static String row(Metric metric) {
    return Page.row(
        List.of(
            Page.code(metric.name()),
            metric.kind(),
            String.join(", ", metric.labels().stream().map(Page::code).toList()),
            metric.app(),
            metric.help().endsWith(".") ? metric.help() : metric.help() + "."));
  }
}
