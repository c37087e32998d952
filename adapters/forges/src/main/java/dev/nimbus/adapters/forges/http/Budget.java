package dev.nimbus.adapters.forges.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one credential may still ask of its forge. It learns buckets from the answers' headers,
 * counts points where a forge counts them, keeps changes apart from each other, and keeps a share
 * for what frees things. A token bucket: it says from when a call may be made, and never waits
 * itself. Thread-safe.
 */
public final class Budget {
  private final Rules rules;
  private final Map<String, Bucket> buckets = new TreeMap<>();
  private double points;
  private Instant filledAt;
  private Instant nextChange;
  private Instant closedUntil;

  public Budget(Rules rules, Instant now) {
    this.rules = rules;
    this.points = rules.burst();
    this.filledAt = now;
    this.nextChange = now;
    this.closedUntil = now;
  }

  /** Takes what the call costs, or says from when on to ask again. */
  public synchronized Optional<Instant> take(Call call, Instant now) {
    var from = earliest(call, now);
    if (from.isAfter(now)) {
      return Optional.of(from);
    }
    refill(now);
    points -= cost(call);
    if (!call.safe()) {
      nextChange = now.plus(rules.betweenChanges());
    }
    buckets.computeIfPresent(bucket(call), (_, was) -> was.less());
    return Optional.empty();
  }

  /** Learns from an answer. */
  public synchronized void learn(Call call, Reply reply, Instant now) {
    seconds(reply.header("retry-after"))
        .ifPresent(wait -> closedUntil = later(closedUntil, now.plusSeconds(wait)));
    var remaining = seconds(first(reply, "x-ratelimit-remaining", "ratelimit-remaining"));
    var reset = seconds(first(reply, "x-ratelimit-reset", "ratelimit-reset"));
    var limit = seconds(first(reply, "x-ratelimit-limit", "ratelimit-limit"));
    if (remaining.isPresent() && reset.isPresent()) {
      var name = reply.header("x-ratelimit-resource");
      buckets.put(
          name.isEmpty() ? bucket(call) : name,
          new Bucket(
              remaining.get(), limit.orElse(remaining.get()), Instant.ofEpochSecond(reset.get())));
    }
  }

  /** Leaves the forge alone until then, whatever its headers say. */
  public synchronized void close(Instant until) {
    closedUntil = later(closedUntil, until);
  }

  /** Calls left by bucket, as far as the forge said. */
  public synchronized Map<String, Long> remaining() {
    var left = new TreeMap<String, Long>();
    buckets.forEach((name, bucket) -> left.put(name, bucket.remaining()));
    return left;
  }

  private Instant earliest(Call call, Instant now) {
    var from = later(now, closedUntil);
    if (!call.safe()) {
      from = later(from, nextChange);
    }
    from = later(from, whenPoints(call, now));
    var bucket = buckets.get(bucket(call));
    if (bucket != null
        && bucket.resetAt().isAfter(now)
        && bucket.remaining() <= kept(call, bucket)) {
      from = later(from, bucket.resetAt());
    }
    return from;
  }

  private long kept(Call call, Bucket bucket) {
    return call.purpose() == Call.Purpose.RETIRE
        ? 0
        : (long) Math.floor(bucket.limit() * rules.keptForRetiring());
  }

  private Instant whenPoints(Call call, Instant now) {
    if (rules.pointsPerMinute() == 0) {
      return now;
    }
    refill(now);
    var missing = cost(call) - points;
    return missing <= 0
        ? now
        : now.plusNanos((long) Math.ceil(missing / rules.pointsPerMinute() * 60e9));
  }

  private void refill(Instant now) {
    if (now.isAfter(filledAt)) {
      var minutes = Duration.between(filledAt, now).toNanos() / 60e9;
      points = Math.min(rules.burst(), points + minutes * rules.pointsPerMinute());
      filledAt = now;
    }
  }

  private double cost(Call call) {
    return call.safe() ? 1 : 5;
  }

  private static String bucket(Call call) {
    return call.path().startsWith("/search") ? "search" : "core";
  }

  private static String first(Reply reply, String name, String otherwise) {
    var value = reply.header(name);
    return value.isEmpty() ? reply.header(otherwise) : value;
  }

  private static Optional<Long> seconds(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty(); // A date, or nothing we know: the other headers speak.
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private record Bucket(long remaining, long limit, Instant resetAt) {
    Bucket less() {
      return new Bucket(Math.max(0, remaining - 1), limit, resetAt);
    }
  }

  /**
   * What a forge publishes about its limits.
   *
   * @param pointsPerMinute zero where it counts none; a question costs one, a change five
   * @param burst points that may be used at once
   * @param betweenChanges from one change to the next
   * @param keptForRetiring the share of a bucket only calls that free something may use
   */
  public record Rules(
      int pointsPerMinute, int burst, Duration betweenChanges, double keptForRetiring) {
    /** For forges that publish no limits: be polite, obey what they answer. */
    public static final Rules POLITE = new Rules(0, 0, Duration.ZERO, 0.2);
  }
}
