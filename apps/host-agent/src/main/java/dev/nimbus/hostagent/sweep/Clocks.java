package dev.nimbus.hostagent.sweep;

import dev.nimbus.service.time.BootClock;
import java.time.Duration;
import java.util.Optional;

/**
 * What both clocks of an agent say at one moment: the one it decides by, which means nothing to its
 * next life, and the one of the machine's boot, which that life can read too.
 */
public record Clocks(Duration now, BootClock.Moment boot) {
  /** A point on the agent's clock as another life can understand it. */
  BootClock.Moment lasting(Duration point) {
    return new BootClock.Moment(boot.boot(), boot.since().plus(point.minus(now)));
  }

  /** A point another life wrote down, on this agent's clock; empty when it was of another boot. */
  Optional<Duration> here(BootClock.Moment point) {
    return point.after(boot).map(now::plus);
  }
}
