package dev.nimbus.cli.reference;

import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Program;
import dev.nimbus.cli.command.Scripts;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.terminal.Shell;
import java.util.function.Supplier;

/** {@code nimbus completion}. */
public final class CompletionCommand {
  private CompletionCommand() {}

  public static Command<Shell> command(Supplier<Program<Shell>> program) {
    var manual =
        Manual.of(
            "Print a script that completes nimbus commands in a shell.",
            "source <(nimbus completion bash)",
            "nimbus completion fish > ~/.config/fish/completions/nimbus.fish");
    var grammar = Grammar.NOTHING.taking(Operand.one("SHELL", "The shell: bash, zsh or fish."));
    return new Command.Leaf<>(
        "completion",
        manual,
        grammar,
        (shell, arguments) -> {
          shell.out().print(script(arguments.operand(), program.get()));
          return 0;
        });
  }

  private static String script(String shell, Program<Shell> program) {
    return switch (shell) {
      case "bash" -> Scripts.bash(program);
      case "zsh" ->
          "autoload -Uz compinit bashcompinit\ncompinit -u\nbashcompinit\n" + Scripts.bash(program);
      case "fish" -> FishScript.of(program);
      default -> throw new WrongUsage("SHELL is '" + shell + "', but wants bash, zsh or fish");
    };
  }
}
