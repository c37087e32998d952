package dev.nimbus.api.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job with its history. */
public record JobDetail(JobView job, List<AttemptView> attempts, List<Event> events) {
  /** One lease that ended. */
  public record AttemptView(
      long fence,
      String host,
      Instant leasedAt,
      @Nullable Instant startedAt,
      Instant endedAt,
      String ending) {}

  /** One thing that happened, for a timeline. */
  public record Event(Instant at, String what, String detail) {}
}
