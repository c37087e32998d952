package dev.nimbus.controlplane.identity;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.NewCredential;
import dev.nimbus.core.lease.Lease;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.core.storage.Once;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Claims;
import dev.nimbus.service.token.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Makes tokens. Those for people and machines are recorded and can be revoked; those for a job die
 * with its lease.
 */
public final class Issuing {
  /**
   * What the token for a job's log lasts beyond its lease, and that for its cache beyond its time.
   */
  private static final Duration JOB_GRACE = Duration.ofMinutes(10);

  private static final Set<String> LOG = Set.of("logs:write");
  private static final Set<String> CACHE = Set.of("cache:read", "cache:write");

  private final KeyRing keys;
  private final IdentityStore store;
  private final InstantSource time;

  public Issuing(KeyRing keys, IdentityStore store, InstantSource time) {
    this.keys = keys;
    this.store = store;
    this.time = time;
  }

  /** Makes and records a token for a person or a machine. */
  public Issued issue(Wanted wanted, String by) {
    return issue(wanted, Once.NEVER_SEEN, by);
  }

  /**
   * The same for a request that may come again, which is given what it was given before. {@code
   * CONFLICT} with {@code idempotency-key-taken} when the key is another request's.
   */
  public Issued issue(Wanted wanted, Once once, String by) {
    if (wanted.audience() == Audience.JOB) {
      throw new NimbusException(
          Kind.INVALID, "Cannot mint a job token by hand: it comes with a lease");
    }
    var lifetime = wanted.lifetime();
    if (lifetime.isNegative()
        || lifetime.isZero()
        || lifetime.compareTo(KeyRing.LONGEST_TOKEN) > 0) {
      throw new NimbusException(
          Kind.INVALID,
          "A token lasts between a second and 366 days: " + lifetime.toSeconds() + " s");
    }
    var now = time.instant();
    return switch (store.issue(wanted.credential(now.plus(lifetime), by), once, now)) {
      case IdentityStore.Issue.Issued(var credential) -> issued(wanted, credential, true);
      case IdentityStore.Issue.Seen(var credential) -> issued(wanted, credential, false);
      case IdentityStore.Issue.KeyTaken() ->
          throw new NimbusException(
              Kind.CONFLICT,
              "idempotency-key-taken",
              "Cannot make a token for '%s' under key '%s': it belongs to a different request"
                  .formatted(wanted.subject(), once.key()));
    };
  }

  private Issued issued(Wanted wanted, Credential credential, boolean fresh) {
    var claims = new Claims(wanted.principal(), credential.version(), credential.expiresAt());
    var token = keys.sign(claims, credential);
    return new Issued(token, credential.version(), credential.expiresAt(), fresh);
  }

  /** A token that writes the log of a job, good for its lease and a little longer. */
  public String forLog(Lease lease) {
    return sign(lease, LOG, lease.until().plus(JOB_GRACE));
  }

  /**
   * A token for the job itself, for its cache. Whoever takes it asks whether the lease still is, so
   * it only has to last as long as the job may run.
   */
  public String forCache(Lease lease) {
    var longest = lease.job().spec().timeout().plus(JOB_GRACE);
    return sign(lease, CACHE, time.instant().plus(longest));
  }

  /** A token that only writes the log of a job a host holds or held. */
  public Issued forLog(OrgId org, Principal.Job job) {
    var expires = time.instant().plus(JOB_GRACE);
    var principal = Principal.ofJob(org, job.job().value(), LOG, job);
    return new Issued(keys.sign(new Claims(principal, 0, expires)), 0, expires, true);
  }

  private String sign(Lease lease, Set<String> scopes, Instant expires) {
    var job = lease.job();
    var binding = new Principal.Job(job.id(), lease.fence(), job.repository());
    var principal = Principal.ofJob(job.org(), job.id().value(), scopes, binding);
    return keys.sign(new Claims(principal, 0, expires));
  }

  /** A token for a moment, for this control plane's own calls to other services. */
  public String forService(OrgId org) {
    var expires = time.instant().plus(Duration.ofMinutes(5));
    var principal = Principal.of(org, Audience.SERVICE, "control-plane", Set.of("logs:read"));
    return keys.sign(new Claims(principal, 0, expires));
  }

  /** A token somebody wants. */
  public record Wanted(
      Audience audience,
      String subject,
      OrgId org,
      boolean everyOrg,
      Set<String> scopes,
      Duration lifetime) {
    public Wanted {
      scopes = Set.copyOf(scopes);
      if (!subject.matches("[A-Za-z0-9._@-]{1,128}")) {
        throw new IllegalArgumentException(
            "Not a subject: '" + subject + "' (letters, digits and ._@-, at most 128)");
      }
    }

    private NewCredential credential(Instant expires, String by) {
      var sorted = scopes.stream().sorted().toList();
      return new NewCredential(org, audience.word(), subject, sorted, expires, by);
    }

    private Principal principal() {
      var principal = Principal.of(org, audience, subject, scopes);
      return everyOrg ? principal.forEveryOrg() : principal;
    }
  }

  /**
   * A token, shown once.
   *
   * @param fresh whether it was made now, not when the same request came before
   */
  public record Issued(String token, long version, Instant expiresAt, boolean fresh) {}
}
