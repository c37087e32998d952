package dev.nimbus.core.forge;

import dev.nimbus.core.job.Conclusion;
import dev.nimbus.core.job.JobState;
import dev.nimbus.core.policy.Admission;

/** What it means that a forge says again that a job waits there. */
public enum Again {
  /** Nothing. */
  KNOWN,
  /** Ours for it ended and another one is to follow, admitted or refused. */
  ANOTHER,
  /** Ours, which waits, may not run any more. */
  REJECT;

  /**
   * Decides, purely, about what was said because we asked, and so is how things are now.
   *
   * @param ours where our job for it stands
   * @param more whether another of ours may follow one that ended without having run it
   */
  public static Again of(JobState ours, Admission admission, boolean more) {
    var admitted = admission instanceof Admission.Admitted;
    return switch (ours) {
      case JobState.Waiting _ -> admitted ? KNOWN : REJECT;
      case JobState.Leased _, JobState.Running _ -> KNOWN;
      case JobState.Ended(var outcome, _) when outcome.conclusion() == Conclusion.REJECTED ->
          admitted ? ANOTHER : KNOWN;
      case JobState.Ended(var outcome, _) ->
          more && !outcome.conclusion().onPurpose() ? ANOTHER : KNOWN;
    };
  }
}
