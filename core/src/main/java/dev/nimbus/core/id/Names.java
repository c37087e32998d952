package dev.nimbus.core.id;

/** The one alphabet of identities: safe in paths, URLs, cgroup names and SQL by construction. */
final class Names {
  /** The same as a regular expression. */
  static final String PATTERN = "[a-z0-9][a-z0-9-]{0,63}";

  private static final int MAX_LENGTH = 64;

  private Names() {}

  static void check(String what, String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH || value.charAt(0) == '-') {
      throw refused(what, value);
    }
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      var fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!fine) {
        throw refused(what, value);
      }
    }
  }

  private static IllegalArgumentException refused(String what, String value) {
    return new IllegalArgumentException(
        "Not a valid " + what + ": '" + shortened(value) + "' (a-z, 0-9 and -, at most 64)");
  }

  private static String shortened(String value) {
    return value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH) + "…";
  }
}
