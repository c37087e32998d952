package dev.nimbus.testkit.forge;

/** What not every forge can do. A suite without one expects what its lack looks like. */
public enum Ability {
  /** Sends a webhook when a job begins to wait. */
  ANNOUNCES_QUEUED,
  /** Sends a webhook when a runner takes a job. */
  ANNOUNCES_STARTED,
  /** Sends a webhook when a job is over. */
  ANNOUNCES_FINISHED,
  /** Says which runner runs or ran a job. */
  NAMES_RUNNERS,
  /** Knows a job that is over, when asked. */
  KNOWS_THE_PAST,
  /** The webhook of a waiting job says its labels; otherwise it only says where to look. */
  NAMES_LABELS,
  /** The signature covers the body; otherwise it is a password beside it. */
  SIGNS_BODY,
  /** The signature covers when it was sent, and an old one is not believed. */
  SIGNS_TIME,
  /** Says whose code a job runs, when asked. */
  TELLS_TRUST,
  /** A runner can be made for exactly one job; otherwise it takes any that fits. */
  PAIRS,
  /** Forgets a runner after its job; otherwise it is to be unregistered. */
  FORGETS_RUNNERS,
  /** Can be told that a job will not be served. */
  GIVES_UP
}
