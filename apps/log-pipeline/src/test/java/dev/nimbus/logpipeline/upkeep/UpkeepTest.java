package dev.nimbus.logpipeline.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.adapters.logs.EmbeddedLogStore;
import dev.nimbus.adapters.logs.StoreLimits;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Batch;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.Position;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpkeepTest {
  private static final OrgId ORG = new OrgId("acme");
  private static final JobId JOB = new JobId("j-1");

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-11-22T12:00:00Z"));
  private final Metrics metrics = new Metrics();

  @Test
  void smallChunksAreMergedAndOldLinesGo(@TempDir Path folder) {
    try (var store = EmbeddedLogStore.open(folder, StoreLimits.upTo(1 << 30), time)) {
      var upkeep = new Upkeep(store, Duration.ofDays(30), time, metrics);
      for (var i = 1; i <= 50; i++) {
        store.append(ORG, batch(i));
      }
      time.step(Duration.ofMinutes(5));
      upkeep.step();

      assertThat(metrics.exposition()).contains("nimbus_logs_merged_chunks_total 50");
      assertThat(metrics.exposition()).contains("nimbus_logs_stored_lines 50");
      assertThat(store.read(ORG, LogQuery.of(JOB, Position.START, 100)).lines()).hasSize(50);

      time.step(Duration.ofDays(31));
      upkeep.step();

      assertThat(metrics.exposition()).contains("nimbus_logs_dropped_total{why=\"age\"} 50");
      assertThat(metrics.exposition()).contains("nimbus_logs_stored_lines 0");
    }
  }

  private Batch batch(long sequence) {
    return new Batch(
        List.of(
            new Line(
                JOB,
                new Fence(1),
                sequence,
                time.instant(),
                Line.Source.CONSOLE,
                Line.Level.INFO,
                "line " + sequence,
                true)));
  }
}
