package dev.nimbus.adapters.kubernetes;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call as it arrived.
 *
 * @param target path and parameters
 * @param accept the header that says in which form an answer is wanted
 */
record Asked(String method, String target, String authorization, String accept, String body) {
  private static final Pattern PATH =
      Pattern.compile("/api(?:s/[^/]+)?/v1(?:/namespaces/([^/?]+))?/([a-z]+)(?:/([^/?]+))?");

  String namespace() {
    return part(1);
  }

  /** Such as {@code pods}. */
  String resource() {
    return part(2);
  }

  /** Of one thing; empty where the call is about a list. */
  String name() {
    return part(3);
  }

  boolean says(String parameter) {
    return target.contains(parameter);
  }

  /** What is asked, such as {@code create pods}. */
  String permission() {
    return verb() + " " + resource();
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }

  private String verb() {
    return switch (method) {
      case "POST" -> "create";
      case "DELETE" -> "delete";
      default -> says("watch=true") ? "watch" : name().isEmpty() ? "list" : "get";
    };
  }

  private String part(int group) {
    var parts = PATH.matcher(target.replaceFirst("\\?.*", ""));
    return !parts.matches() || parts.group(group) == null ? "" : parts.group(group);
  }
}
