package dev.nimbus.controlplane.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.service.http.Parameter;
import dev.nimbus.service.http.Request;
import java.util.Optional;

/** Whose things a request is about. */
final class Orgs {
  /** Names the tenant meant. */
  static final Parameter<String> ORG =
      Parameter.text(
          "org",
          "The tenant meant, for a token that may act for every tenant; the token's own otherwise.",
          64);

  private Orgs() {}

  /**
   * The tenant of the caller's token; for one that may act for every tenant, the one it names in
   * {@code ?org=}, or the default one.
   */
  static OrgId of(Request request) {
    var principal = request.principal();
    var named = Optional.of(request.value(ORG)).filter(org -> !org.isEmpty()).map(OrgId::new);
    if (principal.everyOrg()) {
      return named.orElse(OrgId.DEFAULT);
    }
    if (named.isPresent() && !named.get().equals(principal.org())) {
      throw new NimbusException(
          Kind.DENIED,
          "Cannot act for tenant '%s': the token is for '%s'"
              .formatted(named.get(), principal.org()));
    }
    return principal.org();
  }

  /** Refuses callers that may not act for every tenant. */
  static void requireOperator(Request request, String doing) {
    if (!request.principal().everyOrg()) {
      throw new NimbusException(
          Kind.DENIED, "Cannot " + doing + ": it needs a token for every tenant");
    }
  }
}
