package dev.nimbus.cli.command;

import java.util.List;

/** A command, or a name for several. */
public sealed interface Command<C> {
  String name();

  Manual manual();

  /** Does something. */
  record Leaf<C>(String name, Manual manual, Grammar grammar, Action<C> action)
      implements Command<C> {}

  /** Has commands of its own. */
  record Group<C>(String name, Manual manual, List<Command<C>> commands) implements Command<C> {
    public Group {
      commands = List.copyOf(commands);
    }
  }

  /**
   * What a command does.
   *
   * @param <C> what every command of a program is given
   */
  interface Action<C> {
    /** Returns the exit code. */
    int run(C context, Arguments arguments) throws InterruptedException;
  }
}
