package dev.nimbus.core.lease;

/** Why a host gives a job back, and what that means for the job. */
public sealed interface GivingBack {
  String why();

  /** The host will not run it; the job loses nothing by that. */
  record Unrun(String why) implements GivingBack {}

  /**
   * Running it failed, for no fault of the command.
   *
   * @param maxAttempts after so many attempts the job is dead instead of waiting again
   */
  record Failed(String why, int maxAttempts) implements GivingBack {}
}
