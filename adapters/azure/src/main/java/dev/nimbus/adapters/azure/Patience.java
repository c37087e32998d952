package dev.nimbus.adapters.azure;

import java.time.Duration;

/**
 * How long a launch waits for what Azure has begun: missing capacity shows only after a while.
 *
 * @param pause between two looks
 * @param looks after which it is left to the list to say what became of it
 */
record Patience(Duration pause, int looks) {
  static final Patience USUAL = new Patience(Duration.ofSeconds(5), 16);
}
