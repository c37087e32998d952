package dev.nimbus.adapters.forges.http;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The counters a forge keeps of one credential, as its answers tell. Used under a lock. */
final class Buckets {
  private static final String USUAL = "core";
  private static final int MOST = 64;

  private final Map<String, Bucket> buckets = new TreeMap<>();
  private final Map<String, String> names = new HashMap<>();

  /**
   * From when on a call leaves this share of its bucket; not later than its next filling. Calls
   * that are underway count as if they cost what a call costs, though some turn out to be free.
   */
  Instant opens(Call call, int underway, double kept, Instant now) {
    var bucket = buckets.get(name(call));
    if (bucket == null || !bucket.resetAt().isAfter(now)) {
      return now;
    }
    var left = bucket.remaining() - underway;
    return left > Math.floor(bucket.limit() * kept) ? now : bucket.resetAt();
  }

  void learn(Call call, Reply reply) {
    var remaining = number(reply, "x-ratelimit-remaining", "ratelimit-remaining");
    var reset = number(reply, "x-ratelimit-reset", "ratelimit-reset");
    if (remaining.isEmpty() || reset.isEmpty()) {
      return;
    }
    var limit = number(reply, "x-ratelimit-limit", "ratelimit-limit").orElse(remaining.get());
    var told = new Bucket(remaining.get(), limit, Instant.ofEpochSecond(reset.get()));
    var name = name(reply);
    if (!name.isEmpty() && name.length() < MOST && names.size() < MOST) {
      names.put(family(call), name);
    }
    buckets.merge(name(call), told, Bucket::newer);
  }

  Map<String, Long> remaining() {
    var left = new TreeMap<String, Long>();
    buckets.forEach((name, bucket) -> left.put(name, bucket.remaining()));
    return left;
  }

  private static String name(Reply reply) {
    var resource = reply.header("x-ratelimit-resource");
    return resource.isEmpty() ? reply.header("ratelimit-name") : resource;
  }

  private String name(Call call) {
    return names.getOrDefault(family(call), USUAL);
  }

  /** Calls that share a bucket share their method and the last word of their path. */
  private static String family(Call call) {
    var path = call.path().replaceAll("\\?.*", "").replaceAll("(/\\d+)+$", "");
    return call.method() + path.substring(path.lastIndexOf('/') + 1);
  }

  private static Optional<Long> number(Reply reply, String name, String otherwise) {
    return Limited.number(reply.header(name)).or(() -> Limited.number(reply.header(otherwise)));
  }

  private record Bucket(long remaining, long limit, Instant resetAt) {
    /** Answers overtake each other: of one filling the lower count is the newer one. */
    Bucket newer(Bucket told) {
      if (told.resetAt.equals(resetAt)) {
        return new Bucket(Math.min(remaining, told.remaining), told.limit, resetAt);
      }
      return told.resetAt.isAfter(resetAt) ? told : this;
    }
  }
}
