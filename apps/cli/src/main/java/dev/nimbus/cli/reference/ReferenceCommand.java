package dev.nimbus.cli.reference;

import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Program;
import dev.nimbus.cli.command.Scripts;
import dev.nimbus.cli.terminal.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code nimbus reference}: every help page as one Markdown document, for the documentation. */
public final class ReferenceCommand {
  private ReferenceCommand() {}

  public static Command<Shell> command(Supplier<Program<Shell>> program) {
    var manual =
        Manual.of(
                "Print the help of every command as Markdown.",
                "nimbus reference > docs/reference/cli.md")
            .asHidden();
    return new Command.Leaf<>(
        "reference",
        manual,
        Grammar.NOTHING,
        (shell, _) -> {
          shell.out().print(markdown(program.get()));
          return 0;
        });
  }

  static String markdown(Program<?> program) {
    var text = new StringBuilder("# Command line\n\nMade by `nimbus reference` from the code.\n");
    pages(text, program, List.of(), program.root());
    return text.toString();
  }

  private static void pages(
      StringBuilder text, Program<?> program, List<String> path, Command<?> command) {
    if (command.manual().hidden()) {
      return;
    }
    var title = path.isEmpty() ? command.name() : "nimbus " + String.join(" ", path);
    text.append("\n## ").append(title).append("\n\n```text\n");
    text.append(Scripts.help(program, path.toArray(String[]::new)).stripTrailing());
    text.append("\n```\n");
    if (command instanceof Command.Group<?> group) {
      for (var child : group.commands()) {
        var inner = new ArrayList<>(path);
        inner.add(child.name());
        pages(text, program, inner, child);
      }
    }
  }
}
