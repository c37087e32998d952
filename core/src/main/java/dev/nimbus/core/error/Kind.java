package dev.nimbus.core.error;

/** What a failure means to whoever caused it: decides HTTP status, retry and log level. */
public enum Kind {
  /** The request is wrong and will stay wrong. */
  INVALID,
  /** The caller may not do this. */
  DENIED,
  /** The thing named does not exist for this caller. */
  NOT_FOUND,
  /** The thing is in a state that forbids this, or somebody else was first. */
  CONFLICT,
  /** A limit, quota or disk is full. */
  EXHAUSTED,
  /** Something needed did not answer; trying again later may help. */
  UNAVAILABLE,
  /** A fault of Nimbus. */
  INTERNAL
}
