package dev.nimbus.api.job;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.json.Meaning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job as people and programs see it. */
public record JobView(
    @Meaning(pattern = JobId.PATTERN) String id,
    @Meaning(pattern = OrgId.PATTERN) String org,
    String repository,
    @Meaning(
            words = {
              "waiting",
              "leased",
              "running",
              "succeeded",
              "failed",
              "cancelled",
              "timed_out",
              "rejected",
              "dead"
            })
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
    @Meaning("Where it runs, or ran last.") @Nullable String host,
    @Meaning("How often it was granted to a host.") long fence,
    @Meaning("How often it failed to start or was lost.") int attempts,
    @Meaning("Asked to stop, and not yet stopped.") boolean cancelling,
    @Nullable Integer exitCode,
    @Meaning("Why it ended as it did, or empty.") String reason,
    @Meaning("Increases with every change.") long revision,
    @Meaning("What it serves, for a job of a forge.") @Nullable ForgeJobView forge) {
  /** Whether it is over. */
  public boolean ended() {
    return endedAt != null;
  }
}
