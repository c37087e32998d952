package dev.nimbus.logpipeline.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import dev.nimbus.service.token.Audience;
import dev.nimbus.service.token.Principal;
import java.util.Optional;

/** Whose lines a caller may write and read. */
final class Callers {
  static final Parameter<String> ORG =
      Parameter.text(
          "org",
          "The tenant meant, for a token that may act for every tenant; the token's own otherwise.",
          64);
  static final Parameter<String> JOB_ID = Parameter.text("job_id", "The job meant.", 64);

  private Callers() {}

  /**
   * The tenant of the caller's token; for one that may act for every tenant, the one it names in
   * {@code ?org=}, or the default one.
   */
  static OrgId org(Request request) {
    var principal = request.principal();
    var named = Optional.of(request.value(ORG)).filter(org -> !org.isEmpty()).map(OrgId::new);
    if (principal.everyOrg()) {
      return named.orElse(OrgId.DEFAULT);
    }
    if (named.isPresent() && !named.get().equals(principal.org())) {
      throw denied(
          "Cannot read logs of tenant '%s': the token is for '%s'"
              .formatted(named.get(), principal.org()));
    }
    return principal.org();
  }

  /** The job a request is about, if it names one; a job's own token speaks of no other. */
  static Optional<JobId> job(Request request) {
    var named = Optional.of(request.value(JOB_ID)).filter(id -> !id.isEmpty()).map(JobId::new);
    if (request.principal().audience() != Audience.JOB) {
      return named;
    }
    var own = binding(request).job();
    if (named.isPresent() && !named.get().equals(own)) {
      throw denied(
          "Cannot read the log of job '%s': the token is for '%s'".formatted(named.get(), own));
    }
    return Optional.of(own);
  }

  /** The lease a job's token is bound to. */
  static Principal.Job binding(Request request) {
    return request
        .principal()
        .job()
        .orElseThrow(() -> denied("Cannot use this token: it is not bound to a job"));
  }

  static NimbusException denied(String message) {
    return new NimbusException(Kind.DENIED, message);
  }
}
