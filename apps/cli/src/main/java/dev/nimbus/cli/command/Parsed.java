package dev.nimbus.cli.command;

/**
 * What became of a command line.
 *
 * @param <C> what every command of the program is given
 */
public sealed interface Parsed<C> {
  /** A command is to be run. */
  record Run<C>(Call<C> call) implements Parsed<C> {}

  /** Help was asked for, or is needed: this is all there is to say. */
  record Say<C>(int exitCode, String out, String err) implements Parsed<C> {}
}
