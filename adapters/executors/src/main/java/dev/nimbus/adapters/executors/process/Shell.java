package dev.nimbus.adapters.executors.process;

/** Words of a POSIX shell. */
final class Shell {
  private Shell() {}

  /** Quotes text so that a shell reads back exactly the same bytes. */
  static String word(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
