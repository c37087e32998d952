package dev.nimbus.testkit.provider.gcp;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer.
 *
 * @param status of HTTP
 */
record Said(int status, Map<String, String> headers, JsonNode body) {
  Said {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  static Said fine(JsonNode body) {
    return new Said(200, Map.of(), body);
  }

  /**
   * An error in Google's words.
   *
   * @param reason such as {@code quotaExceeded}
   */
  static Said error(int status, String reason, String message) {
    var json = JsonMapper.shared().createObjectNode();
    var error = json.putObject("error").put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("message", message)
        .put("domain", "global")
        .put("reason", reason);
    return new Said(status, Map.of(), json);
  }

  static Said notFound(String what) {
    return error(404, "notFound", "The resource '%s' was not found".formatted(what));
  }

  Said with(String header, String value) {
    var all = new TreeMap<>(headers);
    all.put(header, value);
    return new Said(status, all, body);
  }

  boolean ok() {
    return status < 300;
  }
}
