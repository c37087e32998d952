package dev.nimbus.service.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The metrics of one process. Asking again for a name returns the same metric. Names are {@code
 * nimbus_<app>_<what>}; a counter ends in {@code _total}. No metric keeps more than {@value
 * Series#LIMIT} label combinations: what comes after is counted under {@code other}. Thread-safe.
 */
public final class Metrics {
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ConcurrentHashMap<String, Object> byName = new ConcurrentHashMap<>();

  /** A number that only grows. A name without {@code _total} is exposed as it is, as a gauge. */
  public Counter counter(String name, String help, String... labels) {
    return once(name, Counter.class, () -> Counter.register(registry, name, help, labels));
  }

  /** A number that goes up and down. */
  public Gauge gauge(String name, String help, String... labels) {
    return once(name, Gauge.class, () -> Gauge.register(registry, name, help, labels));
  }

  /** How often values fell into which range; buckets are upper bounds, ascending. */
  public Histogram histogram(String name, String help, double[] buckets, String... labels) {
    return once(
        name,
        Histogram.class,
        () -> Histogram.register(registry, name, help, List.of(labels), buckets));
  }

  /** A number that is asked for whenever somebody looks. The supplier must be quick. */
  public void sample(String name, String help, DoubleSupplier value) {
    once(
        name,
        GaugeWithCallback.class,
        () ->
            GaugeWithCallback.builder()
                .name(Names.metric(name))
                .help(help)
                .callback(seen -> seen.call(value.getAsDouble()))
                .register(registry));
  }

  /** A growing number kept elsewhere; the name ends in {@code _total}. */
  public void sampleTotal(String name, String help, DoubleSupplier value) {
    once(
        name,
        CounterWithCallback.class,
        () ->
            CounterWithCallback.builder()
                .name(Names.metric(name))
                .help(help)
                .callback(seen -> seen.call(value.getAsDouble()))
                .register(registry));
  }

  /** Everything, in the Prometheus text format. */
  public String exposition() {
    var text = new ByteArrayOutputStream(8192);
    try {
      PrometheusTextFormatWriter.create()
          .write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private <T> T once(String name, Class<T> type, Supplier<T> made) {
    var metric = byName.computeIfAbsent(name, _ -> made.get());
    if (!type.isInstance(metric)) {
      throw new IllegalStateException(
          "Metric '" + name + "' is already a " + metric.getClass().getSimpleName());
    }
    return type.cast(metric);
  }
}
