package dev.nimbus.adapters.kubernetes;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param retryAfter seconds in a header; empty for no such header
 * @param body JSON
 */
record Said(int status, String retryAfter, String body) {
  static Said of(int status, String body) {
    return new Said(status, "", body);
  }

  /** A refusal as Kubernetes words it. */
  static Said error(int status, String reason, String message) {
    return of(
        status,
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "kind",
                    "Status",
                    "apiVersion",
                    "v1",
                    "metadata",
                    Map.of(),
                    "status",
                    "Failure",
                    "message",
                    message,
                    "reason",
                    reason,
                    "code",
                    status)));
  }

  boolean fine() {
    return status < 300;
  }
}
