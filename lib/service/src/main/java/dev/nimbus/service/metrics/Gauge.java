package dev.nimbus.service.metrics;

import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** A number that goes up and down. Thread-safe. */
public final class Gauge {
  private final Series<GaugeDataPoint> series;

  private Gauge(Series<GaugeDataPoint> series) {
    this.series = series;
  }

  static Gauge register(PrometheusRegistry registry, String name, String help, String... labels) {
    var gauge = vendor(registry, name, help, labels);
    return new Gauge(new Series<>(name, labels.length, gauge::labelValues));
  }

  static io.prometheus.metrics.core.metrics.Gauge vendor(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return io.prometheus.metrics.core.metrics.Gauge.builder()
        .name(Names.metric(name))
        .help(help)
        .labelNames(Names.labels(labels))
        .register(registry);
  }

  public void set(double value, String... labelValues) {
    series.of(labelValues).set(value);
  }

  /** Adds an amount, which may be negative. */
  public void add(double amount, String... labelValues) {
    series.of(labelValues).inc(amount);
  }
}
