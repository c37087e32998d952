package dev.nimbus.e2e.api;

import java.net.http.HttpHeaders;
import java.util.Set;

/** What a service answered. */
record Answer(int status, HttpHeaders headers, String body) {
  /** A place in its body. */
  Node at(String... names) {
    return Node.parse(body).at(names);
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The statuses a problem of this kind may have. */
  static Set<Integer> statuses(String kind) {
    return switch (kind) {
      case "invalid" -> Set.of(400, 405, 411);
      case "denied" -> Set.of(401, 403);
      case "not_found" -> Set.of(404);
      case "conflict" -> Set.of(409);
      case "exhausted" -> Set.of(413, 429, 507);
      case "unavailable" -> Set.of(503);
      case "internal" -> Set.of(500);
      default -> Set.of();
    };
  }
}
