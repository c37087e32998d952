package dev.nimbus.adapters.forges.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one credential may still ask of its forge. It learns buckets from the answers' headers,
 * counts points where a forge counts them, keeps changes apart from each other, and keeps a share
 * for what frees things. It says from when on a call may be made, and never waits itself.
 *
 * <p>Points are counted in a window that slides, not in a bucket that refills: a bucket of 900
 * points that refills with 900 a minute lets 1,799 through within one. A call counts from when it
 * is made until a minute after it was answered, so that however long it travelled, the forge never
 * sees more than it allows in any minute. Thread-safe.
 */
public final class Budget {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Rules rules;
  private final Buckets buckets = new Buckets();
  private final Deque<Spent> spent = new ArrayDeque<>();
  private int spentPoints;
  private int underwayPoints;
  private int underway;
  private Instant nextChange;
  private Instant closedUntil;

  public Budget(Rules rules, Instant now) {
    this.rules = rules;
    this.nextChange = now;
    this.closedUntil = now;
  }

  /**
   * Takes what the call costs, or says from when on to ask again. Who took it says {@link #learn}
   * or {@link #lost} afterwards.
   */
  public synchronized Optional<Instant> take(Call call, Instant now) {
    var from = opens(call, now);
    if (from.isAfter(now)) {
      return Optional.of(from);
    }
    underway++;
    underwayPoints += cost(call);
    if (!call.safe()) {
      nextChange = now.plus(rules.betweenChanges());
    }
    return Optional.empty();
  }

  /** From when on the call may be made, as far as is known now; never before now. */
  public synchronized Instant opens(Call call, Instant now) {
    var from = later(now, closedUntil);
    if (!call.safe()) {
      from = later(from, nextChange);
    }
    from = later(from, whenPoints(call, now));
    return later(from, buckets.opens(call, underway, kept(call.purpose()), now));
  }

  /** Learns from the answer to a call that was taken. */
  public synchronized void learn(Call call, Reply reply, Instant now) {
    lost(call, now);
    buckets.learn(call, reply);
    Limited.until(reply, now).ifPresent(this::close);
  }

  /** A call that was taken got no answer; the forge may have counted it. */
  public synchronized void lost(Call call, Instant now) {
    underway--;
    underwayPoints -= cost(call);
    spent.addLast(new Spent(now, cost(call)));
    spentPoints += cost(call);
  }

  /** Leaves the forge alone until then, whatever its headers say. */
  public synchronized void close(Instant until) {
    closedUntil = later(closedUntil, until);
  }

  /** Whether the forge asked to be left alone. */
  public synchronized boolean closed(Instant now) {
    return closedUntil.isAfter(now);
  }

  /** Calls left by bucket, as far as the forge said. */
  public synchronized Map<String, Long> remaining() {
    return new TreeMap<>(buckets.remaining());
  }

  Duration betweenChanges() {
    return rules.betweenChanges();
  }

  private Instant whenPoints(Call call, Instant now) {
    if (rules.pointsPerMinute() == 0) {
      return now;
    }
    forgetOld(now);
    var excess = spentPoints + underwayPoints + cost(call) - pointsFor(call.purpose());
    for (var past : spent) {
      if (excess <= 0) {
        break;
      }
      excess -= past.points();
      if (excess <= 0) {
        return past.at().plus(WINDOW);
      }
    }
    return excess <= 0 ? now : now.plus(WINDOW);
  }

  private void forgetOld(Instant now) {
    while (!spent.isEmpty() && !spent.getFirst().at().plus(WINDOW).isAfter(now)) {
      spentPoints -= spent.removeFirst().points();
    }
  }

  private int pointsFor(Call.Purpose purpose) {
    return switch (purpose) {
      case RETIRE -> rules.pointsPerMinute();
      case MINT, CHECK -> rules.pointsPerMinute() - rules.pointsForRetiring();
      case POLL -> rules.pointsPerMinute() / 2;
    };
  }

  private double kept(Call.Purpose purpose) {
    return switch (purpose) {
      case RETIRE -> 0;
      case MINT, CHECK -> rules.keptForRetiring();
      case POLL -> Math.min(0.9, 2 * rules.keptForRetiring());
    };
  }

  private static int cost(Call call) {
    return call.safe() ? 1 : 5;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private record Spent(Instant at, int points) {}

  /**
   * What a forge publishes about its limits.
   *
   * @param pointsPerMinute zero where it counts none; a question costs one, a change five; polls
   *     may use half of them
   * @param pointsForRetiring those of a minute that only calls that free something may use
   * @param betweenChanges from the beginning of one change to that of the next
   * @param keptForRetiring the share of a bucket only calls that free something may use; polls
   *     leave twice as much
   */
  public record Rules(
      int pointsPerMinute, int pointsForRetiring, Duration betweenChanges, double keptForRetiring) {
    /** For forges that publish no limits: be polite, obey what they answer. */
    public static final Rules POLITE = new Rules(0, 0, Duration.ZERO, 0.2);
  }
}
