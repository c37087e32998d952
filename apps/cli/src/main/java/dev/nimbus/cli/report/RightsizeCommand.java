package dev.nimbus.cli.report;

import dev.nimbus.api.report.RightsizeReport;
import dev.nimbus.api.report.RightsizeRow;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.util.Locale;

/** {@code nimbus report rightsize}. */
final class RightsizeCommand {
  private static final double GIB = 1L << 30;

  private RightsizeCommand() {}

  static Command<Shell> command() {
    var manual =
        Manual.of(
            "How much jobs used of what they asked for, and what they could ask for instead.",
            "nimbus report rightsize --from 2026-11-01");
    var grammar =
        Grammar.of(CostCommand.FROM, CostCommand.TO).and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>("rightsize", manual, grammar, RightsizeCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) {
    var report =
        Target.of(shell, arguments)
            .client()
            .rightsize(
                arguments.text(CostCommand.FROM).orElse(""),
                arguments.text(CostCommand.TO).orElse(""));
    Printer.of(shell, arguments).print(report, () -> table(report));
    if (report.rows().isEmpty()) {
      shell.say("no host measured what a job used in that time");
    }
    return 0;
  }

  private static Table table(RightsizeReport report) {
    var table =
        Table.of("REPOSITORY", "WORKFLOW", "JOB", "JOBS", "CPUS", "MEMORY GIB", "ADVICE", "SAVES");
    for (var row : report.rows()) {
      table.row(
          row.repository(),
          row.workflow(),
          row.job(),
          Integer.toString(row.jobs()),
          "%s / %s of %s"
              .formatted(number(row.cpusP50()), number(row.cpusP95()), number(row.cpus())),
          "%s / %s of %s"
              .formatted(
                  gib(row.memoryBytesP50()), gib(row.memoryBytesP95()), gib(row.memoryBytes())),
          advice(row, report.fewestJobs()),
          saved(row));
    }
    return table;
  }

  private static String advice(RightsizeRow row, int fewest) {
    var cpus = row.suggestedCpus();
    var memory = row.suggestedMemoryBytes();
    if (cpus != null && memory != null) {
      return "cpus:%s memory:%s".formatted(number(cpus), memory >> 20) + "M";
    }
    return row.advice().equals("fits") ? "fits" : "not enough jobs (" + fewest + ")";
  }

  private static String saved(RightsizeRow row) {
    var saved = row.savedDollars();
    if (row.suggestedCpus() == null) {
      return "";
    }
    return saved == null ? "unknown" : CostCommand.dollars(saved);
  }

  private static String gib(long bytes) {
    return number(bytes / GIB);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
