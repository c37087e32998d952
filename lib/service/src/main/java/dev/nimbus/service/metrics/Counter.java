package dev.nimbus.service.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleConsumer;

/** A number that only grows. Thread-safe. */
public final class Counter {
  private final Series<DoubleConsumer> series;

  private Counter(Series<DoubleConsumer> series) {
    this.series = series;
  }

  static Counter register(PrometheusRegistry registry, String name, String help, String... labels) {
    Names.labels(labels);
    if (!name.endsWith("_total")) {
      var gauge = Gauge.vendor(registry, name, help, labels);
      return new Counter(
          new Series<>(name, labels.length, values -> gauge.labelValues(values)::inc));
    }
    var counter =
        io.prometheus.metrics.core.metrics.Counter.builder()
            .name(Names.metric(name))
            .help(help)
            .labelNames(labels)
            .register(registry);
    return new Counter(
        new Series<>(name, labels.length, values -> counter.labelValues(values)::inc));
  }

  /** Adds one. */
  public void increment(String... labelValues) {
    series.of(labelValues).accept(1);
  }

  /** Adds an amount that is not negative. */
  public void add(double amount, String... labelValues) {
    series.of(labelValues).accept(amount);
  }

  /** One label combination, looked up once for a hot path: it adds what it is given. */
  public DoubleConsumer series(String... labelValues) {
    return series.of(labelValues);
  }
}
