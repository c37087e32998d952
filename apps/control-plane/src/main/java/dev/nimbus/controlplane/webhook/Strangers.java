package dev.nimbus.controlplane.webhook;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the deliveries nobody could believe, by where they came from, and turns away who sends too
 * many. What is believed is not counted, so a busy forge is never turned away. Thread-safe.
 */
public final class Strangers {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST = 60;
  private static final int ADDRESSES = 10_000;

  private final InstantSource time;
  private final Map<String, Integer> refused = new HashMap<>();
  private Instant ends = Instant.MIN;

  public Strangers(InstantSource time) {
    this.time = time;
  }

  /** Fails with {@code EXHAUSTED} when too little from this address was believed of late. */
  public synchronized void check(String address) {
    forget();
    if (refused.getOrDefault(key(address), 0) >= MOST) {
      throw new NimbusException(
          Kind.EXHAUSTED,
          "too-many-strangers",
          ("Cannot take a webhook from %s: %d within a minute were not to be believed; wait, or use"
                  + " the address 'nimbus forge show' names")
              .formatted(address, MOST));
    }
  }

  /** Another one from this address was not to be believed. */
  public synchronized void refused(String address) {
    forget();
    refused.merge(key(address), 1, Integer::sum);
  }

  private void forget() {
    var now = time.instant();
    if (!now.isBefore(ends)) {
      refused.clear();
      ends = now.plus(WINDOW);
    }
  }

  /** One host may have many addresses of IPv6, so its network counts; too many count as one. */
  private String key(String address) {
    var groups = address.split(":", -1);
    var key = groups.length > 4 ? String.join(":", List.of(groups).subList(0, 4)) : address;
    return refused.containsKey(key) || refused.size() < ADDRESSES ? key : "";
  }
}
