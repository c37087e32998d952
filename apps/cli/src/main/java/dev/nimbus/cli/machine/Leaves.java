package dev.nimbus.cli.machine;

import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Shell;

/** Commands that ask the control plane about a thing of a name, or about all of them. */
final class Leaves {
  private Leaves() {}

  static Command<Shell> of(
      String name, String what, String example, Command.Action<Shell> action, Option... options) {
    var grammar = Grammar.of(options).and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>(name, Manual.of(what, example), grammar, action);
  }

  static Command<Shell> named(
      String name, String what, String example, Operand operand, Command.Action<Shell> action) {
    var grammar = Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS).taking(operand);
    return new Command.Leaf<>(name, Manual.of(what, example), grammar, action);
  }
}
