package dev.nimbus.service.http;

import dev.nimbus.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may call a route, as OpenAPI says it. */
final class Security {
  private static final String TOKEN = "token";
  private static final String METRICS_TOKEN = "metrics_token";

  private Security() {}

  static Map<String, Object> schemes() {
    var token = Json.object("type", "http", "scheme", "bearer", "bearerFormat", "JWT");
    token.put(
        "description",
        "A token of the control plane. The first role of a requirement is the audience it must be"
            + " for, a second one the scope it must have.");
    var metrics = Json.object("type", "http", "scheme", "bearer");
    metrics.put(
        "description",
        "The service's metrics token. While it has none, clients on its machine need none.");
    return Json.object(TOKEN, token, METRICS_TOKEN, metrics);
  }

  /** One of these must be met; none need be when there is none. */
  static List<Map<String, Object>> of(Access access) {
    return switch (access) {
      case Access.Open _ -> List.of();
      case Access.Probe _ -> List.of(Json.object(METRICS_TOKEN, List.of()));
      case Access.Bearer(var audiences, var scope) ->
          audiences.stream()
              .sorted()
              .map(audience -> Json.object(TOKEN, roles(audience.word(), scope)))
              .toList();
    };
  }

  private static List<String> roles(String audience, String scope) {
    return Stream.of(audience, scope).filter(role -> !role.isEmpty()).toList();
  }
}
