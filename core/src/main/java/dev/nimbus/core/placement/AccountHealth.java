package dev.nimbus.core.placement;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an account may be asked for machines.
 *
 * @param revision of the account, as it is stored
 * @param restsUntil before which its provider is left alone; long ago when nothing is wrong
 */
public record AccountHealth(long revision, Instant restsUntil) {
  /** Of an account nothing is known against. */
  public static final AccountHealth SOUND = new AccountHealth(0, Instant.EPOCH);

  /** After the provider said it was asked too often; a rest only ever becomes longer. */
  public AccountHealth throttled(Duration again, Instant now) {
    var until = now.plus(again);
    return until.isAfter(restsUntil) ? new AccountHealth(revision, until) : this;
  }

  public boolean rests(Instant now) {
    return restsUntil.isAfter(now);
  }
}
