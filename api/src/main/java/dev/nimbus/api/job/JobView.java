package dev.nimbus.api.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as people and programs see it.
 *
 * @param state waiting, leased, running, succeeded, failed, cancelled, timed_out, rejected or dead
 * @param cancelling asked to stop, and not yet stopped
 * @param revision increases with every change
 * @param reason why it ended as it did, or empty
 */
public record JobView(
    String id,
    String org,
    String repository,
    String state,
    List<String> command,
    List<String> labels,
    String image,
    double cpus,
    long memoryBytes,
    long timeoutMs,
    Map<String, String> metadata,
    Instant submittedAt,
    @Nullable Instant leasedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String host,
    long fence,
    int attempts,
    boolean cancelling,
    @Nullable Integer exitCode,
    String reason,
    long revision) {
  /** Whether it is over. */
  public boolean ended() {
    return endedAt != null;
  }
}
