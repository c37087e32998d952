package dev.nimbus.core.org;

import java.time.Duration;
import java.time.Instant;

/**
 * How many jobs of a tenant may start within an interval, as a bucket that refills evenly: a tenant
 * that was idle may start them all at once, then one each time a place in the bucket is free again.
 *
 * @param jobs zero for no limit
 */
public record JobRate(int jobs, Duration interval) {
  public static final JobRate NONE = new JobRate(0, Duration.ofSeconds(1));

  public JobRate {
    if (jobs < 0 || !interval.isPositive()) {
      throw new IllegalArgumentException(
          "Not a rate of jobs: %d within %s".formatted(jobs, interval));
    }
  }

  public boolean unlimited() {
    return jobs == 0;
  }

  /** The time it takes until one more may start. */
  public Duration spacing() {
    return unlimited() ? Duration.ZERO : interval.dividedBy(jobs);
  }

  /**
   * What a tenant may have used up at most for one more of its jobs to start now.
   *
   * @see OrgStanding#usedUntil
   */
  public Instant most(Instant now) {
    return unlimited() ? Instant.MAX : now.plus(interval).minus(spacing());
  }

  /** The most a tenant can have used up by starting jobs at this rate until now. */
  public Instant full(Instant now) {
    return unlimited() ? Instant.MAX : now.plus(interval);
  }

  /** What a tenant has used up once one more of its jobs has started. */
  public Instant used(Instant before, Instant now) {
    if (unlimited()) {
      return before;
    }
    return (before.isAfter(now) ? before : now).plus(spacing());
  }
}
