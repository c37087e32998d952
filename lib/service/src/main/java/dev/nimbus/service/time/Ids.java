package dev.nimbus.service.time;

import java.security.SecureRandom;

/** A source of names nobody can guess or repeat. Thread-safe. */
public interface Ids {
  /**
   * A new identity: the prefix, a dash and 20 characters of {@code a-z0-9}. Identities of one
   * source made in different milliseconds sort by the time they were made.
   */
  String next(String prefix);

  /** Fresh random bytes, fit to be a key. */
  byte[] secret(int bytes);

  /** Identities from the system clock and the system's secure random source. */
  static Ids random() {
    return new RandomIds(SystemTime.clock(), new SecureRandom());
  }
}
