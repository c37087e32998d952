package dev.nimbus.cli.forge;

import dev.nimbus.api.forge.ForgeView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.machine.ProviderCommands;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.util.List;
import java.util.stream.Collectors;

/** {@code nimbus forge …}. */
public final class ForgeCommands {
  private static final Operand NAME = Operand.one("NAME", "The connection's name.");

  private ForgeCommands() {}

  public static Command<Shell> group() {
    return new Command.Group<>(
        "forge",
        Manual.of("Look at connections to forges, and check them.", "nimbus forge check acme"),
        List.of(
            leaf("list", "Every connection.", "nimbus forge list", ForgeCommands::list, false),
            leaf(
                "show",
                "Everything about one connection, its webhook address included.",
                "nimbus forge show acme",
                ForgeCommands::show,
                true),
            leaf(
                "check",
                "Call the forge harmlessly and say what is missing.",
                "nimbus forge check acme",
                ForgeCommands::check,
                true),
            leaf(
                "remove",
                "Forget a connection; its waiting jobs are called off.",
                "nimbus forge remove acme",
                ForgeCommands::remove,
                true)));
  }

  static Table table(List<ForgeView> forges) {
    var table = Table.of("FORGE", "KIND", "OWNER", "URL", "WEBHOOK");
    for (var forge : forges) {
      table.row(
          forge.name(), forge.kind(), owner(forge), forge.url().toString(), forge.webhookPath());
    }
    return table;
  }

  private static Command<Shell> leaf(
      String name, String what, String example, Command.Action<Shell> action, boolean named) {
    var grammar = Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>(
        name, Manual.of(what, example), named ? grammar.taking(NAME) : grammar, action);
  }

  private static int list(Shell shell, Arguments arguments) {
    var forges = Target.of(shell, arguments).client().forges();
    Printer.of(shell, arguments).print(forges, () -> table(forges));
    return 0;
  }

  private static int show(Shell shell, Arguments arguments) {
    var forge = Target.of(shell, arguments).client().forge(arguments.operand());
    Printer.of(shell, arguments).print(forge, () -> facts(forge));
    return 0;
  }

  private static int check(Shell shell, Arguments arguments) {
    var check = Target.of(shell, arguments).client().checkForge(arguments.operand());
    Printer.of(shell, arguments).print(check, () -> ProviderCommands.findings(check));
    return check.fine() ? 0 : 1;
  }

  private static int remove(Shell shell, Arguments arguments) {
    Target.of(shell, arguments).client().removeForge(arguments.operand());
    shell.say("connection '" + arguments.operand() + "' is forgotten");
    return 0;
  }

  private static Table facts(ForgeView forge) {
    return Table.of("FIELD", "VALUE")
        .row("name", forge.name())
        .row("kind", forge.kind())
        .row("url", forge.url().toString())
        .row("owner", owner(forge))
        .row(
            "repositories",
            forge.repositories().isEmpty()
                ? "all of the owner"
                : String.join(", ", forge.repositories()))
        .row(
            "options",
            forge.options().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(", ")))
        .row("secrets", String.join(", ", forge.secrets()))
        .row("webhook", forge.webhookPath())
        .row("changed", forge.changedAt().toString());
  }

  private static String owner(ForgeView forge) {
    return forge.owner().isEmpty() ? "everybody" : forge.owner();
  }
}
