package dev.nimbus.core.placement;

import dev.nimbus.core.provider.Launch;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a cell may be asked for machines: a circuit breaker. After trouble a cell rests; then one
 * machine at a time is tried, until one becomes ready.
 */
public sealed interface CellHealth {
  /** Failures to come up, one after the other, after which a cell rests. */
  int MOST_FAILURES = 3;

  /** What went wrong, which decides how long a cell rests. */
  enum Trouble {
    /** There are no machines left in it. */
    CAPACITY(Duration.ofMinutes(5), Duration.ofMinutes(15)),
    /** Its machines do not come up. */
    FAILURE(Duration.ofMinutes(1), Duration.ofMinutes(30)),
    /** The account may have no more; a person has to see to that. */
    QUOTA(Duration.ofMinutes(30), Duration.ofMinutes(30));

    private final Duration first;
    private final Duration longest;

    Trouble(Duration first, Duration longest) {
      this.first = first;
      this.longest = longest;
    }

    /** How long a cell rests when it is the so-many-th time in a row, counted from one. */
    Duration rest(int times) {
      var doubled = first.multipliedBy(1L << Math.min(times - 1, 10));
      return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
  }

  /**
   * Machines come up, or are not known not to.
   *
   * @param failures how many in a row did not
   */
  record Sound(int failures) implements CellHealth {
    @Override
    public CellHealth failed(Trouble trouble, String why, Instant now) {
      if (trouble == Trouble.FAILURE && failures + 1 < MOST_FAILURES) {
        return new Sound(failures + 1);
      }
      return new Resting(trouble, 1, now.plus(trouble.rest(1)), why);
    }

    @Override
    public CellHealth succeeded(Instant asked) {
      return sound();
    }

    @Override
    public int mayLaunch(Instant now, int underway) {
      return Integer.MAX_VALUE;
    }
  }

  /**
   * Left alone, and then tried with one machine at a time.
   *
   * @param times how often in a row it was this trouble
   * @param why what the provider said, for people
   */
  record Resting(Trouble trouble, int times, Instant until, String why) implements CellHealth {
    /** What was asked for before the rest fails during it, which says nothing new. */
    @Override
    public CellHealth failed(Trouble next, String said, Instant now) {
      var again = next == trouble ? times + 1 : 1;
      if (!until.isAfter(now)) {
        return new Resting(next, again, now.plus(next.rest(again)), said);
      }
      var other = new Resting(next, 1, now.plus(next.rest(1)), said);
      return next != trouble && other.until.isAfter(until) ? other : this;
    }

    @Override
    public CellHealth succeeded(Instant asked) {
      return asked.isBefore(until) ? this : sound();
    }

    @Override
    public int mayLaunch(Instant now, int underway) {
      return until.isAfter(now) || underway > 0 ? 0 : 1;
    }

    @Override
    public boolean alarming() {
      return trouble == Trouble.QUOTA;
    }
  }

  /** Of a cell nothing is known against. */
  static CellHealth sound() {
    return new Sound(0);
  }

  /** After a machine could not be made there, or did not come up in time. */
  CellHealth failed(Trouble trouble, String why, Instant now);

  /**
   * After a machine became ready there.
   *
   * @param asked when it was asked for: one asked for before a rest was over proves nothing about
   *     what comes after it
   */
  CellHealth succeeded(Instant asked);

  /**
   * How many machines may be asked for.
   *
   * @param underway machines asked for there that are not ready yet
   */
  int mayLaunch(Instant now, int underway);

  /** Whether a person has to do something. */
  default boolean alarming() {
    return false;
  }

  /**
   * After a provider's answer. That a machine exists does not make a cell sound: that it becomes
   * ready does. What is wrong with the account or the request is not the cell's.
   */
  default CellHealth after(Launch answer, Instant now) {
    return switch (answer) {
      case Launch.OutOfCapacity(var why) -> failed(Trouble.CAPACITY, why, now);
      case Launch.OverQuota(var why) -> failed(Trouble.QUOTA, why, now);
      case Launch.Launched _, Launch.Throttled _, Launch.Refused _ -> this;
    };
  }
}
