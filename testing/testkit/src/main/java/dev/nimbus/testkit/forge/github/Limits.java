package dev.nimbus.testkit.forge.github;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what each credential does, and refuses what is above the published limits. */
public final class Limits {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Rules rules;
  private final Map<String, Use> uses = new HashMap<>();
  private final Map<String, Integer> violations = new TreeMap<>();

  Limits(Rules rules) {
    this.rules = rules;
  }

  /** Counts a call that arrives; what it breaks, if anything. */
  synchronized Optional<String> arrives(String who, boolean change, Instant now) {
    var use = uses.computeIfAbsent(who, _ -> new Use(now, rules.perHour()));
    use.refill(now);
    use.underway++;
    var broken = broken(use, change, now);
    if (change) {
      use.changesUnderway++;
      use.lastChange = now;
    }
    use.count(now, change ? 5 : 1);
    use.left--;
    broken.ifPresent(limit -> violations.merge(limit, 1, Integer::sum));
    return broken;
  }

  /** A call was answered; one that found nothing new is given back. */
  synchronized void leaves(String who, boolean change, boolean free) {
    var use = uses.get(who);
    if (use != null) {
      use.underway--;
      use.changesUnderway -= change ? 1 : 0;
      use.left += free ? 1 : 0;
    }
  }

  /** What every answer says of the hourly limit. */
  synchronized Map<String, String> headers(String who) {
    var use = uses.get(who);
    if (use == null) {
      return Map.of();
    }
    return Map.of(
        "X-RateLimit-Limit", Long.toString(rules.perHour()),
        "X-RateLimit-Remaining", Long.toString(Math.max(0, use.left)),
        "X-RateLimit-Used", Long.toString(rules.perHour() - Math.max(0, use.left)),
        "X-RateLimit-Reset", Long.toString(use.resetAt.getEpochSecond()),
        "X-RateLimit-Resource", "core");
  }

  /** How often each limit was broken; empty when nobody broke one. */
  public synchronized Map<String, Integer> violations() {
    return new TreeMap<>(violations);
  }

  private Optional<String> broken(Use use, boolean change, Instant now) {
    if (use.left <= 0) {
      return Optional.of("calls per hour");
    }
    if (use.underway > rules.atOnce()) {
      return Optional.of("calls at once");
    }
    if (use.points(now) + (change ? 5 : 1) > rules.pointsPerMinute()) {
      return Optional.of("points per minute");
    }
    if (change && use.changesUnderway > 0) {
      return Optional.of("changes at once");
    }
    return change && use.lastChange.plus(rules.betweenChanges()).isAfter(now)
        ? Optional.of("time between changes")
        : Optional.empty();
  }

  /**
   * What GitHub publishes of its limits.
   *
   * @param pointsPerMinute in any minute, not only in whole ones
   */
  public record Rules(int perHour, int pointsPerMinute, int atOnce, Duration betweenChanges) {
    public static final Rules PUBLISHED = new Rules(5_000, 900, 100, Duration.ofSeconds(1));

    /** Only what GitHub is known to enforce: it asks for a second between changes. */
    public static final Rules ENFORCED = new Rules(5_000, 900, 100, Duration.ZERO);
  }

  private static final class Use {
    private final Deque<Instant> times = new ArrayDeque<>();
    private final Deque<Integer> costs = new ArrayDeque<>();
    private final int perHour;
    private Instant resetAt;
    private Instant lastChange = Instant.EPOCH;
    private long left;
    private int points;
    private int underway;
    private int changesUnderway;

    Use(Instant now, int perHour) {
      this.perHour = perHour;
      this.resetAt = now.plus(HOUR);
      this.left = perHour;
    }

    void refill(Instant now) {
      if (!resetAt.isAfter(now)) {
        resetAt = now.plus(HOUR);
        left = perHour;
      }
    }

    void count(Instant now, int cost) {
      times.addLast(now);
      costs.addLast(cost);
      points += cost;
    }

    int points(Instant now) {
      while (!times.isEmpty() && !times.getFirst().plus(MINUTE).isAfter(now)) {
        times.removeFirst();
        points -= costs.removeFirst();
      }
      return points;
    }
  }
}
