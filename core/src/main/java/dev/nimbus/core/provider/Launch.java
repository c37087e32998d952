package dev.nimbus.core.provider;

import java.time.Duration;

/** How a provider answers when asked for a machine. That no answer was heard is an exception. */
public sealed interface Launch {
  /** It exists: made now, or by an earlier call of the same name. */
  record Launched(Instance instance) implements Launch {}

  /** Nothing is wrong with the request: another type, place, market or provider may have one. */
  record OutOfCapacity(String why) implements Launch {}

  /** The account may not have more of these; a person must have the quota raised. */
  record OverQuota(String why) implements Launch {}

  /**
   * Asked too often.
   *
   * @param again how long to leave the provider alone
   */
  record Throttled(String why, Duration again) implements Launch {}

  /** Will not work until a person changes something: image, permissions, a parameter. */
  record Refused(String why) implements Launch {}
}
