package dev.nimbus.hostagent.ship;

/**
 * What the last line of a log says.
 *
 * @param how a word or two, such as {@code exit=3}
 * @param why one sentence, or empty
 */
public record Ending(String how, String why) {
  /** By these words a reader knows that the log of an attempt is complete. */
  static final String MARK = "nimbus: ended ";

  String text(long lines) {
    return MARK + how + " lines=" + lines + (why.isEmpty() ? "" : ": " + why);
  }
}
