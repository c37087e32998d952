package dev.nimbus.service.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.DoubleConsumer;

/** How often values fell into which range. Thread-safe. */
public final class Histogram {
  private final Series<DoubleConsumer> series;

  private Histogram(Series<DoubleConsumer> series) {
    this.series = series;
  }

  static Histogram register(
      PrometheusRegistry registry,
      String name,
      String help,
      List<String> labels,
      double[] buckets) {
    var histogram =
        io.prometheus.metrics.core.metrics.Histogram.builder()
            .name(Names.metric(name))
            .help(help)
            .labelNames(Names.labels(labels.toArray(String[]::new)))
            .classicUpperBounds(buckets)
            .classicOnly()
            .register(registry);
    return new Histogram(
        new Series<>(name, labels.size(), values -> histogram.labelValues(values)::observe));
  }

  /** Records a value; durations are in seconds. */
  public void observe(double value, String... labelValues) {
    series.of(labelValues).accept(value);
  }

  /** One label combination, looked up once for a hot path. */
  public DoubleConsumer series(String... labelValues) {
    return series.of(labelValues);
  }
}
