package dev.nimbus.testkit.provider.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call as it arrived.
 *
 * @param fields of its form, such as {@code Placement.HostId}
 * @param invocation the same for every try of one call
 */
public record Asked(Map<String, String> fields, String invocation) {
  public Asked {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  static Asked parse(String form, String invocation) {
    var fields = new TreeMap<String, String>();
    for (var pair : form.split("&", -1)) {
      var parts = pair.split("=", 2);
      fields.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
    }
    return new Asked(fields, invocation);
  }

  /** What is asked for, such as {@code RunInstances}. */
  public String action() {
    return field("Action");
  }

  /** A field; empty for none. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
