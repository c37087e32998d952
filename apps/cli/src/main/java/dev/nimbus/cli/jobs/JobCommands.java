package dev.nimbus.cli.jobs;

import dev.nimbus.api.client.Query;
import dev.nimbus.api.job.JobView;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import java.util.List;

/** {@code nimbus jobs …}. */
public final class JobCommands {
  private static final int MANY = 500;
  private static final Option LIMIT =
      Option.value("--limit", "N", "How many at most. Default: 20.");
  private static final Option LABEL =
      Option.value("--label", "LABEL", "Only jobs that asked for this label.");
  private static final Option STATUS =
      Option.value("--status", "STATE", "Only jobs in this state, such as waiting or failed.");
  private static final Option KEY =
      Option.value("--metadata-key", "KEY", "Only jobs that carry this metadata key.");
  private static final Option VALUE =
      Option.value("--metadata-value", "VALUE", "Only jobs whose key has this value.");
  private static final Option WITH_METADATA =
      Option.flag("--with-metadata", "Show the metadata in the table.");
  private static final Option REASON = Option.flag("--quiet", "Print nothing when it worked.");
  private static final Operand JOB = Operand.one("JOB", "The job's id.");

  private JobCommands() {}

  public static Command<Shell> group() {
    var manual = Manual.of("Look at jobs, and cancel or retry them.", "nimbus jobs recent");
    return new Command.Group<>(
        "jobs", manual, List.of(recent(), list(), status(), show(), why(), cancel(), retry()));
  }

  private static Command<Shell> recent() {
    var manual =
        Manual.of(
            "The newest jobs.",
            "nimbus jobs recent",
            "nimbus jobs recent --limit 50 --status failed",
            "nimbus jobs recent --with-metadata --metadata-key lr --metadata-value 0.1");
    return new Command.Leaf<>("recent", manual, listing(), JobCommands::list);
  }

  private static Command<Shell> list() {
    var manual =
        Manual.of("The same as recent, by the usual name.", "nimbus jobs list --json --limit 100");
    return new Command.Leaf<>("list", manual, listing(), JobCommands::list);
  }

  private static Grammar listing() {
    return Grammar.of(LIMIT, LABEL, STATUS, KEY, VALUE, WITH_METADATA)
        .and(Format.OPTIONS)
        .and(Target.OPTIONS);
  }

  private static int list(Shell shell, Arguments arguments) {
    var query =
        new Query()
            .with("limit", String.valueOf(arguments.number(LIMIT, 20, 1, MANY)))
            .with("label", arguments.text(LABEL).orElse(""))
            .with("status", arguments.text(STATUS).orElse(""))
            .with("metadata_key", arguments.text(KEY).orElse(""))
            .with("metadata_value", arguments.text(VALUE).orElse(""));
    var jobs = Target.of(shell, arguments).client().jobs(query).items();
    Printer.of(shell, arguments)
        .print(jobs, () -> JobTables.list(jobs, arguments.has(WITH_METADATA), shell.time()));
    return 0;
  }

  private static Command<Shell> status() {
    var manual = Manual.of("The state of one job, in one word.", "nimbus jobs status j-0k2x…");
    return new Command.Leaf<>("status", manual, single(), JobCommands::status);
  }

  private static int status(Shell shell, Arguments arguments) {
    var job = Target.of(shell, arguments).client().job(arguments.operand()).job();
    if (Format.of(arguments) == Format.TABLE) {
      shell.out().print(job.state() + "\n");
      return 0;
    }
    return print(shell, arguments, job);
  }

  private static Command<Shell> show() {
    var manual =
        Manual.of(
            "Everything about one job.",
            "nimbus jobs show j-0k2x…",
            "nimbus jobs show j-0k2x… -o yaml");
    return new Command.Leaf<>("show", manual, single(), JobCommands::show);
  }

  private static int show(Shell shell, Arguments arguments) {
    var detail = Target.of(shell, arguments).client().job(arguments.operand());
    Printer.of(shell, arguments).print(detail, () -> JobTables.detail(detail));
    return 0;
  }

  private static Command<Shell> why() {
    var manual = Manual.of("Why a job is where it is, in one sentence.", "nimbus jobs why j-0k2x…");
    return new Command.Leaf<>("why", manual, single(), JobCommands::why);
  }

  private static int why(Shell shell, Arguments arguments) {
    var why = Target.of(shell, arguments).client().why(arguments.operand());
    if (Format.of(arguments) == Format.TABLE) {
      shell.out().print(why.state() + ": " + why.reason() + "\n");
      return 0;
    }
    Printer.of(shell, arguments).print(why, JobTables::none);
    return 0;
  }

  private static Command<Shell> cancel() {
    var manual = Manual.of("Call a job off.", "nimbus jobs cancel j-0k2x…");
    return new Command.Leaf<>("cancel", manual, changing(), JobCommands::cancel);
  }

  private static int cancel(Shell shell, Arguments arguments) {
    return changed(
        shell, arguments, Target.of(shell, arguments).client().cancel(arguments.operand()));
  }

  private static Command<Shell> retry() {
    var manual = Manual.of("Put a job that ended back in the queue.", "nimbus jobs retry j-0k2x…");
    return new Command.Leaf<>("retry", manual, changing(), JobCommands::retry);
  }

  private static int retry(Shell shell, Arguments arguments) {
    return changed(
        shell, arguments, Target.of(shell, arguments).client().retry(arguments.operand()));
  }

  private static int changed(Shell shell, Arguments arguments, JobView job) {
    return arguments.has(REASON) ? 0 : print(shell, arguments, job);
  }

  private static int print(Shell shell, Arguments arguments, JobView job) {
    Printer.of(shell, arguments)
        .print(job, () -> JobTables.list(List.of(job), false, shell.time()));
    return 0;
  }

  private static Grammar single() {
    return Grammar.NOTHING.and(Format.OPTIONS).and(Target.OPTIONS).taking(JOB);
  }

  private static Grammar changing() {
    return Grammar.of(REASON).and(Format.OPTIONS).and(Target.OPTIONS).taking(JOB);
  }
}
