package dev.nimbus.core.lease;

import java.time.Duration;

/** Why a host gives a job back, and what that means for the job. */
public sealed interface GivingBack {
  String why();

  /** The host will not run it; the job loses nothing by that. */
  record Unrun(String why) implements GivingBack {}

  /**
   * No host can run it now; the job loses nothing by that.
   *
   * @param pause for so long it is granted to nobody
   */
  record Postponed(String why, Duration pause) implements GivingBack {
    public Postponed {
      if (pause.isNegative()) {
        throw new IllegalArgumentException("A job cannot be postponed by " + pause);
      }
    }
  }

  /**
   * Running it failed, for no fault of the command.
   *
   * @param maxAttempts after so many attempts the job is dead instead of waiting again
   */
  record Failed(String why, int maxAttempts) implements GivingBack {}
}
