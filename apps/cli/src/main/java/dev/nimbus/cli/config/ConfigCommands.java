package dev.nimbus.cli.config;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.service.config.Explanation;
import dev.nimbus.service.config.Key;
import java.util.List;
import java.util.Map;

/** {@code nimbus config …}. */
public final class ConfigCommands {
  private ConfigCommands() {}

  public static Command<Shell> group() {
    var manual =
        Manual.of(
            "What a key is set to, where that comes from, and its default.",
            "nimbus config explain",
            "nimbus config explain job-lease-ttl",
            "nimbus config explain --config nimbus.yaml -o json");
    var grammar =
        Grammar.of(Keys.CONFIG)
            .and(Format.OPTIONS)
            .taking(Operand.optional("KEY", "One key; every key without it."));
    var explain = new Command.Leaf<>("explain", manual, grammar, ConfigCommands::explain);
    return new Command.Group<>(
        "config",
        Manual.of("Look at the configuration.", "nimbus config explain"),
        List.of(explain));
  }

  private static int explain(Shell shell, Arguments arguments) {
    var settings = Keys.settings(shell, arguments, Map.of());
    Keys.all().forEach(settings::find);
    var explanations = settings.explain();
    if (arguments.operands().isEmpty()) {
      Printer.of(shell, arguments).print(explanations, () -> list(explanations));
    } else {
      var one = find(explanations, arguments.operand());
      Printer.of(shell, arguments).print(one, () -> facts(one));
    }
    settings.done();
    return 0;
  }

  private static Explanation find(List<Explanation> explanations, String name) {
    return explanations.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new WrongUsage("'" + name + "' is not a key; nimbus config explain lists them"));
  }

  private static Table list(List<Explanation> explanations) {
    var table = Table.of("KEY", "VALUE", "SOURCE", "DESCRIPTION");
    explanations.forEach(e -> table.row(e.name(), e.value(), e.source(), e.description()));
    return table;
  }

  private static Table facts(Explanation one) {
    return Table.of("FIELD", "VALUE")
        .row("key", one.name())
        .row("description", one.description())
        .row("value", one.value())
        .row("source", one.source())
        .row("default", one.defaultText())
        .row("variable", Key.text(one.name(), "", "").variable());
  }
}
