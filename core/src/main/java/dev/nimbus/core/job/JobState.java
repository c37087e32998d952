package dev.nimbus.core.job;

import dev.nimbus.core.id.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a job stands. */
public sealed interface JobState {
  /**
   * In the queue.
   *
   * @param since when it entered, or came back after an attempt; a lease that was given back
   *     without one does not interrupt it
   */
  record Waiting(Instant since) implements JobState {}

  /** Granted to a host that has not yet said the sandbox runs. */
  record Leased(HostId host, Instant since, Instant until, boolean cancelling)
      implements JobState {}

  /** Its command runs in a sandbox. */
  record Running(HostId host, Instant leasedAt, Instant since, Instant until, boolean cancelling)
      implements JobState {}

  record Ended(Outcome outcome, Instant at) implements JobState {}

  /** Every word a state can have. */
  List<String> WORDS =
      Stream.concat(
              Stream.of("waiting", "leased", "running"),
              Stream.of(Conclusion.values()).map(JobState::word))
          .toList();

  /** The word used in the API, the tables and the metrics. */
  default String word() {
    return switch (this) {
      case Waiting _ -> "waiting";
      case Leased _ -> "leased";
      case Running _ -> "running";
      case Ended(var outcome, _) -> word(outcome.conclusion());
    };
  }

  private static String word(Conclusion conclusion) {
    return conclusion.name().toLowerCase(Locale.ROOT);
  }
}
