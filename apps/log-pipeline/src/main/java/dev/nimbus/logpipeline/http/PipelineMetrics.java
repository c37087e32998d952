package dev.nimbus.logpipeline.http;

import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.LogStore.Appended;
import dev.nimbus.service.metrics.Counter;
import dev.nimbus.service.metrics.Histogram;
import dev.nimbus.service.metrics.Metrics;

/** What the pipeline counts. Nothing is labelled by job. */
public final class PipelineMetrics {
  private static final double[] SECONDS = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10};

  private final Counter lines;
  private final Counter chars;
  private final Counter duplicates;
  private final Counter jumped;
  private final Counter batches;
  private final Histogram append;
  private final Histogram query;

  public PipelineMetrics(Metrics metrics) {
    lines = metrics.counter("nimbus_logs_lines_total", "Log lines stored.");
    chars = metrics.counter("nimbus_logs_chars_total", "Characters of the log lines stored.");
    duplicates =
        metrics.counter("nimbus_logs_duplicates_total", "Log lines skipped as stored before.");
    jumped =
        metrics.counter(
            "nimbus_logs_jumped_total", "Sequences of log lines that were jumped over.");
    batches = metrics.counter("nimbus_logs_batches_total", "Batches of log lines taken.");
    append =
        metrics.histogram("nimbus_logs_append_seconds", "Time until a batch was durable.", SECONDS);
    query = metrics.histogram("nimbus_logs_query_seconds", "Time a query took.", SECONDS, "scope");
  }

  void appended(Batch batch, Appended appended, double seconds) {
    batches.increment();
    lines.add(appended.stored());
    duplicates.add(appended.skipped());
    jumped.add((double) appended.jumped());
    append.observe(seconds);
    batch.lines().stream()
        .skip(appended.skipped())
        .mapToInt(line -> line.text().length())
        .forEach(chars::add);
  }

  void queried(String scope, double seconds) {
    query.observe(seconds, scope);
  }
}
