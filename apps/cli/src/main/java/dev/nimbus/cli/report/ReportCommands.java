package dev.nimbus.cli.report;

import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.terminal.Shell;
import java.util.List;

/** {@code nimbus report …}. */
public final class ReportCommands {
  private ReportCommands() {}

  public static Command<Shell> group() {
    return new Command.Group<>(
        "report",
        Manual.of("Sum up what happened.", "nimbus report cost"),
        List.of(CostCommand.command(), RightsizeCommand.command(), PricesCommand.command()));
  }
}
