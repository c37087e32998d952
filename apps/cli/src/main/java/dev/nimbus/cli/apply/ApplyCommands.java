package dev.nimbus.cli.apply;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code nimbus apply} and {@code nimbus diff}. */
public final class ApplyCommands {
  private static final Option FILE =
      new Option(
          List.of("-f", "--file"),
          new Option.Shape.Value("FILE", List.of()),
          "The file that declares forges, providers and pools.");

  private ApplyCommands() {}

  public static List<Command<Shell>> all() {
    var grammar = Grammar.of(FILE).and(Format.OPTIONS).and(Target.OPTIONS);
    return List.of(
        new Command.Leaf<>(
            "apply",
            Manual.of(
                "Make connections, providers and pools be as a file declares them.",
                "nimbus apply -f examples/github.yaml"),
            grammar,
            ApplyCommands::apply),
        new Command.Leaf<>(
            "diff",
            Manual.of(
                "Say what apply would change, and change nothing.",
                "nimbus diff -f examples/github.yaml"),
            grammar,
            ApplyCommands::diff));
  }

  private static int apply(Shell shell, Arguments arguments) {
    var declared = declared(shell, arguments);
    var client = Target.of(shell, arguments).client();
    var applied = new ArrayList<Applied>();
    for (var one : declared.forges()) {
      applied.add(Applied.of(client.applyForge(one.name(), one.forge())));
    }
    for (var one : declared.providers()) {
      applied.add(Applied.of(client.applyProvider(one.name(), one.provider())));
    }
    for (var one : declared.pools()) {
      applied.add(Applied.of(client.applyPool(one.name(), one.pool())));
    }
    Printer.of(shell, arguments).print(applied, () -> Applied.table(applied));
    return 0;
  }

  private static int diff(Shell shell, Arguments arguments) {
    var declared = declared(shell, arguments);
    var client = Target.of(shell, arguments).client();
    var differences = new ArrayList<Difference>();
    var forges = client.forges();
    declared.forges().forEach(one -> differences.add(Difference.of(one, forges)));
    var providers = client.providers();
    declared.providers().forEach(one -> differences.add(Difference.of(one, providers)));
    var pools = client.pools();
    declared.pools().forEach(one -> differences.add(Difference.of(one, pools)));
    Printer.of(shell, arguments).print(differences, () -> table(differences));
    return 0;
  }

  private static Table table(List<Difference> differences) {
    var table = Table.of("KIND", "NAME", "CHANGE", "WHAT");
    for (var difference : differences) {
      table.row(
          difference.what(),
          difference.name(),
          difference.change(),
          String.join("; ", difference.fields()));
    }
    return table;
  }

  private static Declared declared(Shell shell, Arguments arguments) {
    var file =
        arguments.text(FILE).orElseThrow(() -> new WrongUsage("--file is missing: what to apply"));
    return Declaration.read(Path.of(file), shell::variable);
  }
}
