package dev.nimbus.adapters.forges.kin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers that stay true for a while, by number; what was not used for longest goes first. */
public final class Remembered<T> {
  private final int most;
  private final Duration life;
  private final InstantSource time;
  private final LinkedHashMap<Long, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

  public Remembered(int most, Duration life, InstantSource time) {
    this.most = most;
    this.life = life;
    this.time = time;
  }

  /** What is remembered, or else what is found out now, without holding others up. */
  public Optional<T> of(long number, Supplier<Optional<T>> finding) {
    var known = known(number);
    if (known.isPresent()) {
      return known;
    }
    var found = finding.get();
    found.ifPresent(value -> keep(number, value));
    return found;
  }

  private synchronized Optional<T> known(long number) {
    return Optional.ofNullable(kept.get(number))
        .filter(one -> one.until().isAfter(time.instant()))
        .map(Kept::value);
  }

  private synchronized void keep(long number, T value) {
    kept.put(number, new Kept<>(value, time.instant().plus(life)));
    if (kept.size() > most) {
      kept.pollFirstEntry();
    }
  }

  private record Kept<T>(T value, Instant until) {}
}
