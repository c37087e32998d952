package dev.nimbus.adapters.forges.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers that stay true for a while, by key; what was not used for longest goes first. */
public final class Remembered<K, T> {
  private final int most;
  private final Duration life;
  private final InstantSource time;
  private final LinkedHashMap<K, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

  public Remembered(int most, Duration life, InstantSource time) {
    this.most = most;
    this.life = life;
    this.time = time;
  }

  /** What is remembered, or else what is found out now, without holding others up. */
  public Optional<T> of(K key, Supplier<Optional<T>> finding) {
    var known = known(key);
    if (known.isPresent()) {
      return known;
    }
    var found = finding.get();
    found.ifPresent(value -> keep(key, value));
    return found;
  }

  private synchronized Optional<T> known(K key) {
    return Optional.ofNullable(kept.get(key))
        .filter(one -> one.until().isAfter(time.instant()))
        .map(Kept::value);
  }

  private synchronized void keep(K key, T value) {
    kept.put(key, new Kept<>(value, time.instant().plus(life)));
    if (kept.size() > most) {
      kept.pollFirstEntry();
    }
  }

  private record Kept<T>(T value, Instant until) {}
}
