package dev.nimbus.cli.command;

/**
 * What a command wants beside options.
 *
 * @param label in capitals, such as {@code JOB}
 * @param min how many there must be
 * @param max how many there may be
 */
public record Operand(String label, int min, int max, String description) {
  public static Operand one(String label, String description) {
    return new Operand(label, 1, 1, description);
  }

  public static Operand optional(String label, String description) {
    return new Operand(label, 0, 1, description);
  }

  public static Operand many(String label, String description) {
    return new Operand(label, 1, Integer.MAX_VALUE, description);
  }
}
