package dev.nimbus.api.client;

import dev.nimbus.api.problem.Problem;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.util.Locale;

/** What a service answered instead of what was asked for, as an exception. */
final class Refusal {
  private Refusal() {}

  static NimbusException of(String doing, int status, String type, byte[] document) {
    if (type.startsWith("application/problem+json")) {
      var problem = Json.read(document, Problem.class);
      var kind = Kind.valueOf(problem.kind().toUpperCase(Locale.ROOT));
      return new NimbusException(kind, problem.code(), problem.detail());
    }
    return new NimbusException(byStatus(status), doing + " was answered with status " + status);
  }

  private static Kind byStatus(int status) {
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      case 409 -> Kind.CONFLICT;
      case 413, 429, 507 -> Kind.EXHAUSTED;
      case 502, 503, 504 -> Kind.UNAVAILABLE;
      default -> status < 500 ? Kind.INVALID : Kind.INTERNAL;
    };
  }
}
