package dev.nimbus.controlplane.repair;

import java.time.Duration;

/** How long to wait before a forge is asked again for all that waits. Pure. */
final class Pace {
  static final Duration LONGEST = Duration.ofMinutes(15);

  private static final int SHARE = 2;

  private Pace() {}

  /**
   * Waits so long that a round like the last one takes at most half of the calls that are left, if
   * they are all there will be for a while.
   *
   * @param usual the shortest wait
   * @param cost calls the last round took
   * @param left calls the forge still allows; negative where it does not say
   * @param last how long they must last
   */
  static Duration next(Duration usual, long cost, long left, Duration last) {
    if (left < 0 || cost <= 0) {
      return usual;
    }
    var affordable = left / SHARE / cost;
    var wait = affordable == 0 ? LONGEST : last.dividedBy(affordable);
    if (wait.compareTo(usual) < 0) {
      return usual;
    }
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
