package dev.nimbus.hostagent.lease;

import dev.nimbus.core.job.Outcome;

/** What a host tells about the end of a job. */
public sealed interface Report {
  /** No host should try for a while, and the job loses nothing by that. */
  record Postponed(String why) implements Report {}

  /** The job is over. */
  record Finished(Outcome outcome) implements Report {}

  /**
   * Another host may try.
   *
   * @param counts whether it counts towards giving up on the job
   */
  record GivenBack(String why, boolean counts) implements Report {}
}
