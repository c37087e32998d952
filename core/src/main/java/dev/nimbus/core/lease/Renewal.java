package dev.nimbus.core.lease;

import java.time.Instant;

/** What became of the wish to keep a lease. */
public sealed interface Renewal {
  /**
   * Kept.
   *
   * @param cancelling whether somebody has called the job off; the host should stop it and finish
   */
  record Renewed(Instant until, boolean cancelling) implements Renewal {}

  /** Somebody else may run the job now, or it is over: stop at once and write nothing more. */
  record Lost(String why) implements Renewal {}
}
