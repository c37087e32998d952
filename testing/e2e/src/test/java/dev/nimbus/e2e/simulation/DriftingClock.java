package dev.nimbus.e2e.simulation;

import dev.nimbus.service.time.BootClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The clocks of one machine: a wall clock that is off, a monotonic one and that of the boot, all
 * too fast or too slow by the same rate. The monotonic one may stand still while the machine is
 * paused.
 */
final class DriftingClock {
  static final Instant BASE = Instant.parse("2026-01-01T12:00:00Z");

  private final Timeline timeline;
  private final double rate;
  private Duration skew;
  private Duration frozen = Duration.ZERO;
  private int boots;

  DriftingClock(Timeline timeline, Duration skew, double rate) {
    this.timeline = timeline;
    this.skew = skew;
    this.rate = rate;
  }

  Instant wall() {
    return BASE.plus(skew).plus(scaled(timeline.now(), rate));
  }

  Duration monotonic() {
    return scaled(timeline.now().minus(frozen), rate);
  }

  BootClock.Moment boot() {
    return new BootClock.Moment("boot-" + boots, scaled(timeline.now(), rate));
  }

  /** Whether the monotonic clock ever stood still while the one of the boot went on. */
  boolean stoodStill() {
    return !frozen.isZero();
  }

  void startAgain() {
    boots++;
  }

  /** What passes in true time while this clock passes the given one. */
  Duration truly(Duration own) {
    return scaled(own, 1 / rate);
  }

  void freeze(Duration paused) {
    frozen = frozen.plus(paused);
  }

  void jump(Duration by) {
    skew = skew.plus(by);
  }

  private static Duration scaled(Duration time, double by) {
    return Duration.ofNanos(Math.round(time.toNanos() * by));
  }
}
