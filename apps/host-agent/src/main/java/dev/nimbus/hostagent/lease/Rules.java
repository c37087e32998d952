package dev.nimbus.hostagent.lease;

import java.time.Duration;

/**
 * How an agent keeps its leases. What depends on the length of a lease is a share of it, so that
 * short leases work like long ones.
 *
 * @param startWithin how long a sandbox may take to start
 * @param stopGrace what a cancelled or overdue job gets to end by itself
 * @param adoptionGrace what a job whose lease ran out while no agent was alive gets, to learn
 *     whether it is still held
 * @param firstRetry pause before a finish is repeated the first time; doubles from there
 * @param longestRetry the pause it never exceeds
 */
public record Rules(
    Duration startWithin,
    Duration stopGrace,
    Duration adoptionGrace,
    Duration firstRetry,
    Duration longestRetry) {
  public static final Rules DEFAULT =
      new Rules(
          Duration.ofMinutes(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofSeconds(10));

  private static final int MARGIN_SHARE = 6;
  private static final int RENEW_SHARE = 3;
  private static final int RETRY_SHARE = 15;
  private static final double JITTER_SHARE = 0.2;
  private static final int MAX_DOUBLINGS = 20;

  /** The same with another bound for the start of a sandbox. */
  public Rules startingWithin(Duration time) {
    return new Rules(time, stopGrace, adoptionGrace, firstRetry, longestRetry);
  }

  /** The part of a lease that is never used: the time a kill may take. */
  Duration margin(Duration ttl) {
    return ttl.dividedBy(MARGIN_SHARE);
  }

  /** From one renewal to the next: a third of the lease, or up to a fifth less. */
  Duration renewEvery(Duration ttl, double jitter) {
    var third = ttl.dividedBy(RENEW_SHARE).toNanos();
    return Duration.ofNanos((long) (third * (1 - JITTER_SHARE * jitter)));
  }

  /** How long an answer may take before the question is asked again. */
  Duration patience(Duration ttl) {
    return ttl.dividedBy(RENEW_SHARE);
  }

  /** From a renewal that failed to the next try. */
  Duration retryRenewal(Duration ttl) {
    return ttl.dividedBy(RETRY_SHARE);
  }

  /** From the given number of failed finishes to the next try. */
  Duration retryFinish(int failures) {
    var pause = firstRetry.multipliedBy(1L << Math.clamp(failures - 1L, 0, MAX_DOUBLINGS));
    return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
  }
}
