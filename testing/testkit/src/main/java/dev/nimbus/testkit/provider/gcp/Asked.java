package dev.nimbus.testkit.provider.gcp;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A call as it arrived.
 *
 * @param method as Google calls it, such as {@code compute.instances.insert}
 * @param words of its path, by name
 * @param query its parameters
 * @param body a missing node for none
 */
public record Asked(
    String method, Map<String, String> words, Map<String, String> query, JsonNode body) {
  public Asked {
    words = Collections.unmodifiableMap(new TreeMap<>(words));
    query = Collections.unmodifiableMap(new TreeMap<>(query));
  }

  /** A word of its path. */
  public String word(String name) {
    return words.getOrDefault(name, "");
  }

  /** A parameter; empty for none. */
  public String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** A value of its body, by a JSON pointer. */
  public JsonNode at(String pointer) {
    return body.at(pointer);
  }
}
