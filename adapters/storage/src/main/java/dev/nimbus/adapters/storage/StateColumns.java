package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.job.Outcome;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The last columns of {@link JobRow#COLUMNS}: of them, each state fills its own. */
final class StateColumns {
  private final String word;
  private final Instant queuedAt;
  private final @Nullable String host;
  private final @Nullable Instant leasedAt;
  private final @Nullable Instant startedAt;
  private final @Nullable Instant until;
  private final int exitCode;
  private final @Nullable String reason;
  private final @Nullable Instant endedAt;

  private StateColumns(Row row) throws SQLException {
    word = row.text();
    queuedAt = row.time();
    host = row.textOrNull();
    leasedAt = row.timeOrNull();
    startedAt = row.timeOrNull();
    until = row.timeOrNull();
    exitCode = row.count();
    reason = row.textOrNull();
    endedAt = row.timeOrNull();
  }

  static JobState read(Row row, boolean cancelling) throws SQLException {
    var columns = new StateColumns(row);
    return switch (columns.word) {
      case "waiting" -> new JobState.Waiting(columns.queuedAt);
      case "leased" -> columns.leased(cancelling);
      case "running" -> columns.running(cancelling);
      default -> columns.ended();
    };
  }

  private JobState leased(boolean cancelling) {
    return new JobState.Leased(new HostId(there(host)), there(leasedAt), there(until), cancelling);
  }

  private JobState running(boolean cancelling) {
    return new JobState.Running(
        new HostId(there(host)), there(leasedAt), there(startedAt), there(until), cancelling);
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
