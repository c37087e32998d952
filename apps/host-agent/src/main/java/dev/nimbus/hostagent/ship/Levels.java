package dev.nimbus.hostagent.ship;

import java.util.List;

/** How much a console line matters, guessed from the words it starts with. */
final class Levels {
  private static final int LOOKED_AT = 200;
  private static final List<String> ERRORS =
      List.of("ERROR", "FATAL", "error:", "Error:", "fatal", "Fatal", "error[");
  private static final List<String> WARNINGS = List.of("WARN", "warning", "Warning");

  private Levels() {}

  static String of(String text) {
    var start = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
    if (ERRORS.stream().anyMatch(start::contains)) {
      return "error";
    }
    return WARNINGS.stream().anyMatch(start::contains) ? "warn" : "info";
  }
}
