package dev.nimbus.cli.command;

import dev.nimbus.cli.terminal.Shell;

/** How help is laid out. */
public record Look(int width, boolean colour) {
  private static final int WIDEST = 100;

  /** Plain and at its widest. */
  public static final Look PLAIN = new Look(WIDEST, false);

  /** As it suits the terminal. */
  public static Look of(Shell shell) {
    return new Look(Math.min(WIDEST, shell.terminal().width()), shell.colour());
  }
}
