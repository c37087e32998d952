package dev.nimbus.testkit.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.core.identity.SignInCode;
import dev.nimbus.core.storage.IdentityStore;
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
  public Credential issue(
      OrgId org,
      String audience,
      String subject,
      List<String> scopes,
      Instant expires,
      String by,
      Instant now) {
    synchronized (state) {
      state.know(org);
      var key = new Subject(org, audience, subject);
      var version = newest.merge(key, 1L, Long::sum);
      lowestValid.putIfAbsent(key, 1L);
      var issued = new Credential(org, audience, subject, version, scopes, now, expires, by, false);
      credentials.add(issued);
      return issued;
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
  public void offer(SignInCode code) {
    synchronized (state) {
      codes.put(code.digest(), code);
    }
  }

  @Override
  public Optional<SignInCode> redeem(String digest, Instant now) {
    synchronized (state) {
      return Optional.ofNullable(codes.remove(digest))
          .filter(code -> code.expiresAt().isAfter(now));
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

  private record Subject(OrgId org, String audience, String subject) {}
}
