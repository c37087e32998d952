package dev.nimbus.core.job;

/** The ways a job can be over. */
public enum Conclusion {
  /** The command exited with zero. */
  SUCCEEDED,
  /** The command exited with another code, was killed, or could not be run. */
  FAILED,
  /** Somebody called it off. */
  CANCELLED,
  /** It ran longer than it may. */
  TIMED_OUT,
  /** Policy or a limit refused it before it ran. */
  REJECTED,
  /** Nimbus gave up, after its attempts were used or because nobody took it in time. */
  DEAD;

  /** Whether it was decided that the job shall not run, whoever still asks for it. */
  public boolean onPurpose() {
    return switch (this) {
      case CANCELLED, REJECTED, DEAD -> true;
      case SUCCEEDED, FAILED, TIMED_OUT -> false;
    };
  }
}
