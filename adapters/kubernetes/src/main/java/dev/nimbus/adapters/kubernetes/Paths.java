package dev.nimbus.adapters.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where things are at an API server. */
final class Paths {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Paths() {}

  static String pods(String namespace) {
    return "/api/v1/namespaces/" + checked(namespace) + "/pods";
  }

  static String secrets(String namespace) {
    return "/api/v1/namespaces/" + checked(namespace) + "/secrets";
  }

  /** A parameter as an address has it, such as {@code limit=500}. */
  static String parameter(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String checked(String namespace) {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw Refusal.wrong("'%s' is not the name of a namespace".formatted(namespace));
    }
    return namespace;
  }
}
