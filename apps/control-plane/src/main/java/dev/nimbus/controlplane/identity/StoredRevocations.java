package dev.nimbus.controlplane.identity;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Claims;
import dev.nimbus.service.token.Revocations;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Revocations as the database has them, looked up at most once a second for each subject. */
public final class StoredRevocations implements Revocations {
  private static final long FRESH_MILLIS = 1_000;
  private static final int MAX_KNOWN = 50_000;

  private final IdentityStore store;
  private final InstantSource time;
  private final ConcurrentHashMap<Subject, Known> known = new ConcurrentHashMap<>();

  public StoredRevocations(IdentityStore store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  @Override
  public Optional<String> refusal(String token, Claims claims) {
    var principal = claims.principal();
    var lowest = lowestValid(principal.org(), principal.audience(), principal.subject());
    return claims.version() < lowest ? Optional.of("it was revoked") : Optional.empty();
  }

  private long lowestValid(OrgId org, Audience audience, String subject) {
    var whose = new Subject(org, audience, subject);
    var now = time.millis();
    var last = known.get(whose);
    if (last != null && Math.abs(now - last.readAtMillis()) < FRESH_MILLIS) {
      return last.lowest();
    }
    var lowest = store.lowestValid(org, audience.word(), subject).orElse(0L);
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    known.put(whose, new Known(lowest, now));
    return lowest;
  }

  private record Subject(OrgId org, Audience audience, String name) {}

  private record Known(long lowest, long readAtMillis) {}
}
