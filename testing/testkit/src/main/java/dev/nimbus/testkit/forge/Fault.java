package dev.nimbus.testkit.forge;

/** How a forge may behave badly until it recovers. */
public enum Fault {
  /** Answers every call as when the credential is no longer good. */
  REVOKED,
  /** Knows the credential, but lets it do nothing with runners and jobs. */
  FORBIDS,
  /** Answers every call with an error of its own. */
  FAILS,
  /** Asks to be left alone for a minute. */
  LIMITS,
  /** Says of every runner that it is idle. */
  SAYS_IDLE,
  /** Answers after doing as asked with an error, as if the answer was lost. */
  LOSES_ANSWERS
}
