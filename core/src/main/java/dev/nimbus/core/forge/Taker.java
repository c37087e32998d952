package dev.nimbus.core.forge;

import dev.nimbus.core.job.Job;
import dev.nimbus.core.job.JobState;

/** A job of ours whose runner took a job of a forge that it was not made for. Decides, purely. */
public record Taker(Job job, Serves serves) {
  /**
   * Whether it stays with what it serves, so that the job it took counts as run by somebody else:
   * what it serves is run already, or is not to be run by anybody.
   */
  public boolean stays() {
    return switch (serves) {
      case NOTHING -> false;
      case WAITING -> calledOff();
      case FIXED -> true;
    };
  }

  /** Whether the job of ours that was to serve what it took serves in turn what this one did. */
  public boolean exchangesWith(Job other) {
    return !stays() && serves == Serves.WAITING && willRun(other) && other.standsInFor(job);
  }

  private boolean calledOff() {
    return switch (job.state()) {
      case JobState.Ended(var outcome, _) -> outcome.conclusion().onPurpose();
      case JobState.Waiting _, JobState.Leased _, JobState.Running _ -> !willRun(job);
    };
  }

  private static boolean willRun(Job job) {
    return switch (job.state()) {
      case JobState.Waiting _ -> true;
      case JobState.Leased leased -> !leased.cancelling();
      case JobState.Running running -> !running.cancelling();
      case JobState.Ended _ -> false;
    };
  }

  /** What a job of ours serves before its runner takes another. */
  public enum Serves {
    NOTHING,
    /** A job that still waits at the same forge. */
    WAITING,
    /** A job that is further, or of another connection. */
    FIXED
  }
}
