package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.NewCredential;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.core.identity.SignInCode;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.core.storage.Once;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys, credentials and sign-in codes in memory. */
final class MemoryIdentityStore implements IdentityStore {
  private final MemoryState state;
  private final Map<String, PublicKey> keys = new HashMap<>();
  private final Map<Subject, Long> newest = new HashMap<>();
  private final Map<Subject, Long> lowestValid = new HashMap<>();
  private final List<Credential> credentials = new ArrayList<>();
  private final Map<String, SignInCode> codes = new HashMap<>();
  private final Map<Key, Seen> requests = new HashMap<>();

  MemoryIdentityStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public void publish(PublicKey key) {
    synchronized (state) {
      keys.putIfAbsent(key.id(), key);
    }
  }

  @Override
  public void retire(String keyId, Instant until) {
    synchronized (state) {
      keys.computeIfPresent(
          keyId,
          (id, key) ->
              until.isBefore(key.validUntil())
                  ? new PublicKey(id, key.encoded(), key.createdAt(), until)
                  : key);
    }
  }

  @Override
  public List<PublicKey> keys(Instant now) {
    synchronized (state) {
      return keys.values().stream()
          .filter(key -> key.validUntil().isAfter(now))
          .sorted(Comparator.comparing(PublicKey::createdAt).thenComparing(PublicKey::id))
          .toList();
    }
  }

  @Override
  public Issue issue(NewCredential wanted, Once once, Instant now) {
    synchronized (state) {
      var seen = seen(wanted.org(), once, now);
      if (seen.isPresent()) {
        return seen.get().once().equals(once)
            ? new Issue.Seen(current((Credential) seen.get().made()))
            : new Issue.KeyTaken();
      }
      var issued = issued(wanted, now);
      remember(wanted.org(), once, issued, now);
      return new Issue.Issued(issued);
    }
  }

  @Override
  public boolean revoke(OrgId org, String audience, String subject, String by, Instant now) {
    synchronized (state) {
      var key = new Subject(org, audience, subject);
      var version = newest.get(key);
      if (version == null) {
        return false;
      }
      lowestValid.put(key, version + 1);
      return true;
    }
  }

  @Override
  public Optional<Long> lowestValid(OrgId org, String audience, String subject) {
    synchronized (state) {
      return Optional.ofNullable(lowestValid.get(new Subject(org, audience, subject)));
    }
  }

  @Override
  public List<Credential> list(OrgId org) {
    synchronized (state) {
      return credentials.stream()
          .filter(credential -> credential.org().equals(org))
          .map(this::current)
          .sorted(
              Comparator.comparing(Credential::audience)
                  .thenComparing(Credential::subject)
                  .thenComparingLong(Credential::version))
          .toList();
    }
  }

  @Override
  public Offer offer(SignInCode code, Once once, Instant now) {
    synchronized (state) {
      var seen = seen(code.org(), once, now);
      if (seen.isPresent()
          && !(seen.get().once().equals(once)
              && codes.values().remove((SignInCode) seen.get().made()))) {
        return new Offer.KeyTaken();
      }
      codes.put(code.digest(), code);
      remember(code.org(), once, code, now);
      return seen.isPresent() ? new Offer.Replaced() : new Offer.Offered();
    }
  }

  @Override
  public Optional<SignInCode> redeem(String digest, Instant now) {
    synchronized (state) {
      return Optional.ofNullable(codes.remove(digest))
          .filter(code -> code.expiresAt().isAfter(now));
    }
  }

  private Credential issued(NewCredential wanted, Instant now) {
    state.know(wanted.org());
    var key = new Subject(wanted.org(), wanted.audience(), wanted.subject());
    var version = newest.merge(key, 1L, Long::sum);
    lowestValid.putIfAbsent(key, 1L);
    var issued =
        new Credential(
            wanted.org(),
            wanted.audience(),
            wanted.subject(),
            version,
            wanted.scopes(),
            now,
            wanted.expiresAt(),
            wanted.issuedBy(),
            false);
    credentials.add(issued);
    return issued;
  }

  private Optional<Seen> seen(OrgId org, Once once, Instant now) {
    requests.values().removeIf(seen -> !seen.forgottenAt().isAfter(now));
    return Optional.ofNullable(requests.get(new Key(org, once.key())));
  }

  private void remember(OrgId org, Once once, Object made, Instant now) {
    if (once.known()) {
      requests.put(new Key(org, once.key()), new Seen(once, made, now.plus(Duration.ofDays(1))));
    }
  }

  private Credential current(Credential issued) {
    var key = new Subject(issued.org(), issued.audience(), issued.subject());
    return new Credential(
        issued.org(),
        issued.audience(),
        issued.subject(),
        issued.version(),
        issued.scopes(),
        issued.issuedAt(),
        issued.expiresAt(),
        issued.issuedBy(),
        issued.version() < lowestValid.getOrDefault(key, 1L));
  }

  private record Key(OrgId org, String once) {}

  private record Seen(Once once, Object made, Instant forgottenAt) {}

  private record Subject(OrgId org, String audience, String subject) {}
}
