package dev.nimbus.cli.jobs;

import dev.nimbus.api.client.Query;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.run.LinePrinter;
import dev.nimbus.cli.run.LogFollower;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** {@code nimbus logs}: what a job printed. */
public final class LogsCommand {
  private static final int PAGE = 1_000;
  private static final int MOST = 10_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Option FOLLOW =
      new Option(
          List.of("-f", "--follow"),
          new Option.Shape.Flag(),
          "Go on printing lines as they come, until the job has ended.");
  private static final Option CONTAINS =
      Option.value("--contains", "TEXT", "Only lines that contain this text.");
  private static final Option LEVEL =
      new Option(
          List.of("--level"),
          new Option.Shape.Value("LEVEL", List.of("debug", "info", "warn", "error")),
          "Only lines of this level or a graver one.");
  private static final Option LIMIT =
      Option.value("--limit", "N", "How many lines at most. Default: all.");
  private static final Option AS_JSON = Option.flag("--json", "One JSON document per line.");
  private static final Option VERBOSE =
      Option.flag("--verbose", "Show what Nimbus remarks in the log, on stderr.");

  private LogsCommand() {}

  public static Command<Shell> command() {
    var manual =
        Manual.of(
            "What a job printed, in order.",
            "nimbus logs j-0k2x…",
            "nimbus logs j-0k2x… --follow",
            "nimbus logs j-0k2x… --contains error --limit 50");
    var grammar =
        Grammar.of(FOLLOW, CONTAINS, LEVEL, LIMIT, AS_JSON, VERBOSE)
            .and(Target.OPTIONS)
            .taking(Operand.one("JOB", "The job's id."));
    return new Command.Leaf<>("logs", manual, grammar, LogsCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) throws InterruptedException {
    var target = Target.of(shell, arguments);
    var lines = printer(shell, arguments);
    if (arguments.has(FOLLOW)) {
      refuseFilters(arguments);
      new LogFollower(target.text(), arguments.operand(), PATIENCE, shell::say).follow(lines);
      return 0;
    }
    var left = arguments.number(LIMIT, MOST, 1, MOST);
    var after = "";
    while (left > 0) {
      var page = target.client().log(arguments.operand(), query(arguments, after, left));
      page.forEach(line -> lines.accept(Json.text(line)));
      left -= page.size();
      if (page.size() < Math.min(PAGE, left + page.size())) {
        return 0;
      }
      after = position(page.getLast());
    }
    return 0;
  }

  private static void refuseFilters(Arguments arguments) {
    for (var option : List.of(CONTAINS, LEVEL, LIMIT)) {
      if (arguments.has(option)) {
        throw new dev.nimbus.cli.command.WrongUsage(
            option.name() + " does not go with --follow, which prints every line");
      }
    }
  }

  private static Query query(Arguments arguments, String after, int left) {
    return new Query()
        .with("after", after)
        .with("contains", arguments.text(CONTAINS).orElse(""))
        .with("level", arguments.text(LEVEL).orElse(""))
        .with("limit", String.valueOf(Math.min(PAGE, left)));
  }

  private static String position(LogLine line) {
    return line.attempt() + "." + line.sequence();
  }

  private static Consumer<String> printer(Shell shell, Arguments arguments) {
    if (!arguments.has(AS_JSON)) {
      var printer = new LinePrinter(shell, arguments.has(VERBOSE));
      return line -> {
        printer.accept(line);
        read(printer.broken());
      };
    }
    return line -> {
      shell.out().print(line + "\n");
      read(shell.out().checkError());
    };
  }

  private static void read(boolean broken) {
    if (broken) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot print the log: nobody reads it");
    }
  }
}
