package dev.nimbus.cli.daemon;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.util.Map;

/** {@code nimbus dashboard}: a link that signs a browser in, once. */
public final class DashboardCommand {
  private DashboardCommand() {}

  public static Command<Shell> command() {
    var manual =
        Manual.of(
            "Print a link that signs a browser in to the dashboard, once.", "nimbus dashboard");
    var grammar = Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>("dashboard", manual, grammar, DashboardCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) {
    var target = Target.of(shell, arguments);
    var link = target.client().signInLink();
    var url = target.url() + link.path();
    if (Format.of(arguments) == Format.TABLE) {
      shell.out().print(url + "\n");
      return 0;
    }
    Printer.of(shell, arguments)
        .print(Map.of("url", url, "expires_at", link.expiresAt()), () -> Table.of("URL"));
    return 0;
  }
}
