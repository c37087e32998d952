package dev.nimbus.cli.terminal;

import java.util.function.IntSupplier;

/**
 * Whether a person is watching.
 *
 * @param out whether results are read on a terminal
 * @param err whether messages are
 * @param columns how wide the terminal is, asked for when it matters
 */
public record Terminal(boolean out, boolean err, IntSupplier columns) {
  private static final int NARROWEST = 40;
  private static final int WITHOUT_TERMINAL = 160;

  /** No terminal: files and pipes. */
  public static Terminal none() {
    return new Terminal(false, false, () -> WITHOUT_TERMINAL);
  }

  /** How wide a table may be. */
  public int width() {
    return out ? Math.max(NARROWEST, columns.getAsInt()) : WITHOUT_TERMINAL;
  }
}
