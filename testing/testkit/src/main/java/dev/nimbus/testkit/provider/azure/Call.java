package dev.nimbus.testkit.provider.azure;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A call as it arrived.
 *
 * @param path without the query
 * @param query its parameters
 * @param headers by lower-case name
 * @param body a missing node for none
 */
record Call(
    String verb,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    JsonNode body) {
  Call {
    query = Collections.unmodifiableMap(new TreeMap<>(query));
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** A parameter; empty for none. */
  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The last word of the path. */
  String last() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
