package dev.nimbus.cli.terminal;

/** The few colours that carry meaning. */
public enum Colour {
  PLAIN(""),
  GOOD("32"),
  BAD("31"),
  BUSY("36"),
  CAREFUL("33"),
  QUIET("2"),
  HEADING("1");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  String on(String text) {
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** The colour of a job state, or of a doctor's finding. */
  public static Colour ofState(String state) {
    return switch (state) {
      case "succeeded", "ok", "alive", "ready" -> GOOD;
      case "failed", "timed_out", "dead", "rejected", "problem", "lost" -> BAD;
      case "running", "leased" -> BUSY;
      case "reduced" -> CAREFUL;
      case "cancelled", "revoked", "expired" -> QUIET;
      default -> PLAIN;
    };
  }
}
