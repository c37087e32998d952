package dev.nimbus.adapters.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the history keeps of a lease, but for its end. */
record EndedLease(
    long seq, long fence, String host, @Nullable Instant leasedAt, @Nullable Instant startedAt) {
  static EndedLease of(JobRow job) {
    var columns = job.columns();
    return new EndedLease(
        job.lasting().seq(),
        job.lasting().fenceValue(),
        String.valueOf(columns.host()),
        columns.leasedAt(),
        columns.startedAt());
  }
}
