package dev.nimbus.hostagent.lease;

import java.time.Duration;

/** How far a held job is. Durations are points on the agent's monotonic clock. */
public sealed interface Stage {
  /**
   * The sandbox is being started; what to do with it once it is up is decided already.
   *
   * @param giveUpAt when the start has taken as long as it may
   */
  record Starting(Intent intent, Duration giveUpAt) implements Stage {}

  /**
   * The sandbox is up.
   *
   * @param timeoutAt when the job has run as long as it may
   * @param killed whether it was told to end without any grace
   */
  record Running(Duration timeoutAt, Intent intent, boolean killed) implements Stage {}

  /**
   * The sandbox has ended; its log may still be on the way.
   *
   * @param ran whether there was a sandbox, which the control plane must hear of before the end
   */
  record Ended(Report report, boolean ran, boolean drained) implements Stage {}

  /**
   * The end is told until it is heard.
   *
   * @param nextAt when it is told again
   */
  record Reporting(Report report, Duration nextAt, int failures) implements Stage {}

  /** The lease is over. Only the rest of the log may still be on the way. */
  record Released(Report report) implements Stage {}

  /** The job was lost, and nothing of it is of use. */
  record Discarded() implements Stage {}

  /** Whether there is, or may be, a sandbox with living processes: it takes a slot. */
  default boolean alive() {
    return this instanceof Starting || this instanceof Running;
  }

  /** Whether the lease does not matter any more. */
  default boolean over() {
    return this instanceof Released || this instanceof Discarded;
  }
}
