package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of a job that belong to its state: each state fills its own. */
record StateColumns(
    String word,
    Instant queuedAt,
    String cancelBy,
    @Nullable String host,
    @Nullable Instant leasedAt,
    @Nullable Instant startedAt,
    @Nullable Instant until,
    int exitCode,
    @Nullable String reason,
    @Nullable Instant endedAt) {
  static final String COLUMNS =
      """
      state, queued_at, cancel_by, host_id, leased_at, started_at, lease_until, exit_code, reason,
      ended_at
      """;

  static StateColumns read(Row row) throws SQLException {
    return new StateColumns(
        row.text(),
        row.time(),
        row.textOrEmpty(),
        row.textOrNull(),
        row.timeOrNull(),
        row.timeOrNull(),
        row.timeOrNull(),
        row.count(),
        row.textOrNull(),
        row.timeOrNull());
  }

  /** Those of a job that has just been granted. */
  static StateColumns leased(String host, Instant now, Instant until) {
    return new StateColumns("leased", now, "", host, now, null, until, 0, null, null);
  }

  boolean waiting() {
    return word.equals("waiting");
  }

  boolean held() {
    return until != null;
  }

  JobState state() {
    return switch (word) {
      case "waiting" -> new JobState.Waiting(queuedAt);
      case "leased" ->
          new JobState.Leased(
              new HostId(there(host)), there(leasedAt), there(until), !cancelBy.isEmpty());
      case "running" ->
          new JobState.Running(
              new HostId(there(host)),
              there(leasedAt),
              there(startedAt),
              there(until),
              !cancelBy.isEmpty());
      default -> ended();
    };
  }

  private JobState ended() {
    var conclusion = Conclusion.valueOf(word.toUpperCase(Locale.ROOT));
    return new JobState.Ended(new Outcome(conclusion, exitCode, there(reason)), there(endedAt));
  }

  private static <T> T there(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("A column that belongs to the state is empty");
    }
    return value;
  }
}
