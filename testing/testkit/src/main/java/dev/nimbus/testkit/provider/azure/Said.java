package dev.nimbus.testkit.provider.azure;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer. */
record Said(int status, Map<String, String> headers, JsonNode body) {
  Said {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  static Said fine(JsonNode body) {
    return new Said(200, Map.of(), body);
  }

  /** An answer without words. */
  static Said empty(int status) {
    return new Said(status, Map.of(), JsonMapper.shared().missingNode());
  }

  /** An error in Azure's words. */
  static Said error(int status, String code, String message) {
    var json = JsonMapper.shared().createObjectNode();
    json.putObject("error").put("code", code).put("message", message);
    return new Said(status, Map.of(), json);
  }

  static Said notFound(String what) {
    return error(
        404,
        "ResourceNotFound",
        "The Resource '%s' under resource group '%s' was not found.".formatted(what, Group.NAME));
  }

  Said as(int other) {
    return new Said(other, headers, body);
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
