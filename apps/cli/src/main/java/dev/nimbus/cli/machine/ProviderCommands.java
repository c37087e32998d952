package dev.nimbus.cli.machine;

import dev.nimbus.api.Check;
import dev.nimbus.api.machine.ProviderView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code nimbus provider …}. */
public final class ProviderCommands {
  private static final Operand NAME = Operand.one("NAME", "The provider's name.");

  private ProviderCommands() {}

  public static Command<Shell> group() {
    return new Command.Group<>(
        "provider",
        Manual.of(
            "Look at the accounts machines are rented with, and check them.",
            "nimbus provider check acme-aws"),
        List.of(
            Leaves.of("list", "Every account.", "nimbus provider list", ProviderCommands::list),
            Leaves.named(
                "show",
                "Everything about one account, its secrets' names only.",
                "nimbus provider show acme-aws",
                NAME,
                ProviderCommands::show),
            Leaves.named(
                "check",
                "Call the provider harmlessly and say what is missing.",
                "nimbus provider check acme-aws",
                NAME,
                ProviderCommands::check),
            Leaves.named(
                "remove",
                "Forget an account that has no machines.",
                "nimbus provider remove acme-aws",
                NAME,
                ProviderCommands::remove)));
  }

  /** What a check found, for people. */
  public static Table findings(Check check) {
    var table = Table.of("STATE", "WHAT", "WHAT TO DO");
    for (var finding : check.findings()) {
      table.row(finding.fine() ? "ok" : "problem", finding.what(), finding.advice());
    }
    return table;
  }

  private static int list(Shell shell, Arguments arguments) {
    var providers = Target.of(shell, arguments).client().providers();
    Printer.of(shell, arguments).print(providers, () -> table(providers));
    return 0;
  }

  private static int show(Shell shell, Arguments arguments) {
    var provider = Target.of(shell, arguments).client().provider(arguments.operand());
    Printer.of(shell, arguments).print(provider, () -> facts(provider));
    return 0;
  }

  private static int check(Shell shell, Arguments arguments) {
    var check = Target.of(shell, arguments).client().checkProvider(arguments.operand());
    Printer.of(shell, arguments).print(check, () -> findings(check));
    return check.fine() ? 0 : 1;
  }

  private static int remove(Shell shell, Arguments arguments) {
    Target.of(shell, arguments).client().removeProvider(arguments.operand());
    shell.say("provider '" + arguments.operand() + "' is forgotten");
    return 0;
  }

  private static Table table(List<ProviderView> providers) {
    var table = Table.of("PROVIDER", "KIND", "OPTIONS");
    providers.forEach(one -> table.row(one.name(), one.kind(), options(one.options())));
    return table;
  }

  private static Table facts(ProviderView provider) {
    return Table.of("FIELD", "VALUE")
        .row("name", provider.name())
        .row("kind", provider.kind())
        .row("options", options(provider.options()))
        .row("secrets", String.join(", ", provider.secrets()))
        .row("changed", provider.changedAt().toString());
  }

  private static String options(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue().strip().replace("\n", " "))
        .collect(Collectors.joining(", "));
  }
}
