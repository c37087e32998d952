package dev.nimbus.service.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Claims as they stand in a token. */
final class ClaimSet {
  private ClaimSet() {}

  static JWTClaimsSet of(Claims claims, String issuer, String id, Instant now) {
    var principal = claims.principal();
    var set =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(principal.audience().word())
            .subject(principal.subject())
            .claim("org", principal.org().value())
            .claim("scopes", List.copyOf(new TreeSet<>(principal.scopes())))
            .claim("ver", claims.version())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(claims.expiresAt()))
            .jwtID(id);
    if (principal.everyOrg()) {
      set.claim("every_org", true);
    }
    principal
        .job()
        .ifPresent(
            job ->
                set.claim("job", job.job().value())
                    .claim("fence", job.fence().value())
                    .claim("repository", job.repository().value()));
    return set.build();
  }

  /** Reads what {@link #of} wrote; anything missing or wrong is a failure that says what. */
  static Claims read(JWTClaimsSet set) throws ParseException {
    var expires = set.getExpirationTime();
    if (expires == null) {
      throw new IllegalArgumentException("it never expires");
    }
    var version = set.getLongClaim("ver");
    return new Claims(principal(set), version == null ? 0 : version, expires.toInstant());
  }

  static Audience audience(JWTClaimsSet set) {
    if (set.getAudience().size() != 1) {
      throw new IllegalArgumentException("it is not for exactly one audience");
    }
    return Audience.of(set.getAudience().getFirst());
  }

  private static Principal principal(JWTClaimsSet set) throws ParseException {
    var subject = set.getSubject();
    var org = set.getStringClaim("org");
    var scopes = set.getStringListClaim("scopes");
    if (subject == null || org == null) {
      throw new IllegalArgumentException("it names no subject or no org");
    }
    return new Principal(
        new OrgId(org),
        Boolean.TRUE.equals(set.getBooleanClaim("every_org")),
        audience(set),
        subject,
        scopes == null ? Set.of() : Set.copyOf(scopes),
        binding(set));
  }

  private static Principal.Binding binding(JWTClaimsSet set) throws ParseException {
    var job = set.getStringClaim("job");
    var fence = set.getLongClaim("fence");
    var repository = set.getStringClaim("repository");
    if (job == null || fence == null || repository == null) {
      return new Principal.Unbound();
    }
    return new Principal.Job(new JobId(job), new Fence(fence), new Repository(repository));
  }
}
