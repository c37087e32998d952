package dev.nimbus.testkit.provider.azure;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Gives tokens to one application. Thread-safe. */
final class TokenDesk {
  private static final String SCOPE = "https://management.azure.com/.default";

  private final Set<String> given = new HashSet<>();
  private boolean closed;

  /** Believes the secret no longer. */
  synchronized void close() {
    closed = true;
  }

  synchronized Said give(String path, Map<String, String> form) {
    if (!path.equals("/%s/oauth2/v2.0/token".formatted(FakeArm.TENANT))
        || !form.getOrDefault("scope", "").contains(SCOPE)
        || !"client_credentials".equals(form.get("grant_type"))) {
      return refused("invalid_request", "AADSTS900144: " + path);
    }
    if (closed
        || !FakeArm.CLIENT.equals(form.get("client_id"))
        || !FakeArm.SECRET.equals(form.get("client_secret"))) {
      return refused("invalid_client", "AADSTS7000215: Invalid client secret provided.");
    }
    return Said.fine(
        JsonMapper.shared()
            .createObjectNode()
            .put("token_type", "Bearer")
            .put("expires_in", 3599)
            .put("ext_expires_in", 3599)
            .put("access_token", mint()));
  }

  synchronized String mint() {
    var token = "token-of-the-test-" + given.size();
    given.add(token);
    return token;
  }

  /** Whether a call shows a token that was given. */
  synchronized boolean opens(String authorization) {
    return given.contains(authorization.replaceFirst("^Bearer ", ""));
  }

  private static Said refused(String error, String why) {
    return new Said(
        401,
        Map.of(),
        JsonMapper.shared()
            .createObjectNode()
            .put("error", error)
            .put("error_description", why)
            .put("correlation_id", "00000000-0000-0000-0000-000000000000"));
  }
}
