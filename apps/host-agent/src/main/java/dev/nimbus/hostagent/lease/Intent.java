package dev.nimbus.hostagent.lease;

/** What a host means to do with a job whose sandbox has not ended yet. */
public enum Intent {
  /** Let it run. */
  RUN,
  /** End it because somebody called it off. */
  CANCEL,
  /** End it because it ran longer than it may. */
  TIME_OUT,
  /** End it because the host is to stop, and give it back. */
  STOP,
  /** End it because its lease could not be renewed in time, and give it back. */
  GIVE_UP,
  /** End it because it is somebody else's now, and say nothing. */
  LOST
}
