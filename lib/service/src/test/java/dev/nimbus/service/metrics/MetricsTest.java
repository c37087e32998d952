package dev.nimbus.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void whatIsCountedIsExposed() {
    metrics.counter("nimbus_x_total", "X.", "kind").increment("a");
    metrics.counter("nimbus_x_total", "X.", "kind").add(2, "a");
    metrics.gauge("nimbus_level", "Level.").set(7);
    metrics.histogram("nimbus_seconds", "Time.", new double[] {1, 2}).observe(1.5);
    metrics.sample("nimbus_queue", "Queue.", () -> 3);

    assertThat(metrics.exposition())
        .contains("nimbus_x_total{kind=\"a\"} 3.0")
        .contains("nimbus_level 7.0")
        .contains("nimbus_seconds_bucket{le=\"2.0\"} 1")
        .contains("nimbus_queue 3.0");
  }

  @Test
  void aCounterKeepsANameThatDoesNotEndInTotal() {
    metrics.counter("nimbus_control_plane_webhook_replays_blocked", "Replays.").increment();

    assertThat(metrics.exposition()).contains("\nnimbus_control_plane_webhook_replays_blocked 1.0");
  }

  @Test
  void aMetricWithoutLabelsIsThereBeforeItMoves() {
    metrics.counter("nimbus_y_total", "Y.");

    assertThat(metrics.exposition()).contains("nimbus_y_total 0.0");
  }

  @Test
  void labelCombinationsAreBounded() {
    var counter = metrics.counter("nimbus_jobs_total", "Jobs.", "job");
    for (var i = 0; i < 3000; i++) {
      counter.increment("j-" + i);
    }

    var lines =
        metrics.exposition().lines().filter(l -> l.startsWith("nimbus_jobs_total{")).toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(Series.LIMIT + 1);
    assertThat(lines).contains("nimbus_jobs_total{job=\"other\"} 2000.0");
  }

  @Test
  void oddNamesAndOtherUsesOfANameAreRefused() {
    metrics.counter("nimbus_z_total", "Z.");

    assertThatThrownBy(() -> metrics.gauge("nimbus_z_total", "Z."))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> metrics.gauge("queue-length", "Q."))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.counter("nimbus_q_total", "Q.", "kind").increment())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theProcessTellsAboutItself() {
    ProcessMetrics.register(metrics);

    assertThat(metrics.exposition())
        .contains("process_cpu_seconds_total ")
        .contains("jvm_memory_used_bytes ")
        .contains("process_open_fds ");
  }
}
