package dev.nimbus.service.token;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The keys of a source by name, asked for again at most once a second. Thread-safe. */
final class KeyRing {
  private static final long FRESH_MILLIS = 1000;

  private final KeySource source;
  private final InstantSource time;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable Ring ring;
  private volatile long missedAt = -FRESH_MILLIS;

  KeyRing(KeySource source, InstantSource time) {
    this.source = source;
    this.time = time;
  }

  /** The key of this name if it may verify something now; an unknown one is looked for again. */
  Optional<VerifyingKey> find(String id) {
    var now = time.millis();
    var known = current(now).byId().get(id);
    if (known == null && now - missedAt >= FRESH_MILLIS) {
      known = lookAgain(now).byId().get(id);
    }
    return Optional.ofNullable(known).filter(key -> now < key.validUntilMillis());
  }

  private Ring current(long now) {
    var known = ring;
    if (known != null && Math.abs(now - known.readAt()) < FRESH_MILLIS) {
      return known;
    }
    if (known != null && !loading.tryLock()) {
      return known;
    }
    loading.lock();
    try {
      return load(source.keys(), now);
    } finally {
      while (loading.isHeldByCurrentThread()) {
        loading.unlock();
      }
    }
  }

  private Ring lookAgain(long now) {
    loading.lock();
    try {
      missedAt = now;
      return load(source.refreshed(), now);
    } finally {
      loading.unlock();
    }
  }

  private Ring load(List<dev.nimbus.core.identity.PublicKey> keys, long now) {
    var before = ring;
    var byId = new HashMap<String, VerifyingKey>();
    for (var key : keys) {
      var same = before == null ? null : before.byId().get(key.id());
      byId.put(key.id(), VerifyingKey.of(key, same));
    }
    var loaded = new Ring(Map.copyOf(byId), now);
    ring = loaded;
    return loaded;
  }

  private record Ring(Map<String, VerifyingKey> byId, long readAt) {}

  /** A key ready for use. */
  record VerifyingKey(dev.nimbus.core.identity.PublicKey published, EdVerifier verifier) {
    static VerifyingKey of(dev.nimbus.core.identity.PublicKey key, @Nullable VerifyingKey earlier) {
      return earlier != null && earlier.published().encoded().equals(key.encoded())
          ? new VerifyingKey(key, earlier.verifier())
          : new VerifyingKey(key, new EdVerifier(Keys.verifier(key.encoded())));
    }

    long validUntilMillis() {
      return published.validUntil().getEpochSecond() > Integer.MAX_VALUE * 1000L
          ? Long.MAX_VALUE
          : published.validUntil().toEpochMilli();
    }
  }
}
