package dev.nimbus.cli.command;

import picocli.AutoComplete;

/** What else can be made of a program: completion scripts and the text of every help page. */
public final class Scripts {
  private Scripts() {}

  /** A completion script for bash, which zsh reads too. */
  public static String bash(Program<?> program) {
    return AutoComplete.bash(program.root().name(), PicocliModel.of(program));
  }

  /** The help page of a command, as it is without a terminal. */
  public static String help(Program<?> program, String... path) {
    var line = PicocliModel.of(program).setUsageHelpWidth(Look.PLAIN.width());
    for (var name : path) {
      line = line.getSubcommands().getOrDefault(name, line);
    }
    return line.getUsageMessage(picocli.CommandLine.Help.Ansi.OFF);
  }
}
