package dev.nimbus.cli.report;

import dev.nimbus.api.report.CostReport;
import dev.nimbus.api.report.CostRow;
import dev.nimbus.api.report.RecommendationReport;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import java.util.List;
import java.util.Locale;

/** {@code nimbus report cost}. */
final class CostCommand {
  static final Option FROM =
      Option.value("--from", "DAY", "The first day, in UTC. Default: the first of this month.");
  static final Option TO =
      Option.value("--to", "DAY", "The day after the last. Default: a month after the first.");
  private static final Option BY =
      new Option(
          List.of("--by"),
          new Option.Shape.Value("WHAT", List.of("org", "pool", "repository", "workflow", "label")),
          "What to sum up by: org, pool, repository, workflow or label. Default: pool.");

  private static final Option RECOMMEND =
      Option.flag("--recommend", "What would have been cheaper, by what was recorded.");

  private CostCommand() {}

  static Command<Shell> command() {
    var manual =
        Manual.of(
            "What machines cost, and what that was spent on: jobs, idle, warm and failed time.",
            "nimbus report cost --by repository",
            "nimbus report cost --from 2026-11-01 --to 2026-12-01 --by workflow --json");
    var grammar = Grammar.of(FROM, TO, BY, RECOMMEND).and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>("cost", manual, grammar, CostCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) {
    return arguments.has(RECOMMEND) ? recommend(shell, arguments) : cost(shell, arguments);
  }

  private static int recommend(Shell shell, Arguments arguments) {
    var report =
        Target.of(shell, arguments)
            .client()
            .recommendations(arguments.text(FROM).orElse(""), arguments.text(TO).orElse(""));
    Printer.of(shell, arguments).print(report, () -> recommendations(report));
    if (report.rows().isEmpty()) {
      shell.say("nothing that was recorded had been cheaper otherwise");
    }
    return 0;
  }

  private static Table recommendations(RecommendationReport report) {
    var table = Table.of("SAVES", "POOL", "ABOUT", "WHAT TO DO");
    report
        .rows()
        .forEach(
            row -> table.row(dollars(row.savedDollars()), row.pool(), row.about(), row.sentence()));
    return table;
  }

  private static int cost(Shell shell, Arguments arguments) {
    var report =
        Target.of(shell, arguments)
            .client()
            .cost(
                arguments.text(FROM).orElse(""),
                arguments.text(TO).orElse(""),
                arguments.text(BY).orElse(""));
    Printer.of(shell, arguments).print(report, () -> table(report));
    if (report.total().unpricedHours() > 0) {
      shell.say(
          "%s hours of machines have no price, and their cost is missing: give their offerings one"
              .formatted(hours(report.total().unpricedHours())));
    }
    return 0;
  }

  private static Table table(CostReport report) {
    var table =
        Table.of(
            report.by().toUpperCase(Locale.ROOT),
            "JOB",
            "IDLE",
            "WARM",
            "FAILED",
            "TOTAL",
            "MACHINES",
            "HOURS");
    report.rows().forEach(row -> add(table, row));
    return add(table, report.total());
  }

  private static Table add(Table table, CostRow row) {
    var unknown = row.unpricedHours() > 0 && row.unpricedHours() >= row.hours();
    return table.row(
        row.name(),
        unknown ? "unknown" : dollars(row.jobDollars()),
        dollars(row.idleDollars()),
        dollars(row.warmDollars()),
        dollars(row.failedDollars()),
        unknown ? "unknown" : dollars(row.totalDollars()),
        Long.toString(row.machines()),
        hours(row.hours()));
  }

  static String dollars(double amount) {
    return String.format(Locale.ROOT, "$%.2f", amount);
  }

  private static String hours(double hours) {
    return String.format(Locale.ROOT, "%.2f", hours);
  }
}
