package dev.nimbus.hostagent.lease;

import java.time.Duration;

/**
 * What is to be done about a held job. None of them waits: what comes of an action is reported as
 * an {@link Event}. Whoever carries actions out first stores the {@link LeaseKeeping} they came
 * with, so that a later life can go on from there.
 */
public sealed interface Action {
  /** Start the sandbox; report {@code Started} or {@code StartFailed}, then {@code Exited}. */
  record StartSandbox() implements Action {}

  /**
   * The start took too long: destroy what there is of the sandbox, and whatever still comes of the
   * start later. Nothing is to be reported of either.
   */
  record AbandonStart() implements Action {}

  /**
   * Renew the lease; report {@code Renewed}, {@code Lost} or {@code Unreachable}.
   *
   * @param started say at the same time that the sandbox runs
   */
  record SendRenew(Duration sentAt, boolean started) implements Action {}

  /** Stop the sandbox, killing everything in it after the grace; {@code Exited} follows. */
  record Stop(Duration grace, Intent why) implements Action {}

  /** Write the end into the log and see that it gets stored; report {@code Drained}. */
  record Drain(Report report) implements Action {}

  /** Tell how it ended; report one of the {@code Finish…} events. */
  record SendFinish(Report report) implements Action {}

  /** The lease is over. Close the sandbox as soon as its log is stored. */
  record Release() implements Action {}

  /** The job was never ours to end: close the sandbox now and write nothing more, no log either. */
  record Discard() implements Action {}
}
