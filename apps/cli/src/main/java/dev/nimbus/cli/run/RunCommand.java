package dev.nimbus.cli.run;

import dev.nimbus.api.Paths;
import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Operand;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.json.JsonWords;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.service.time.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

/** {@code nimbus run}: submits one job, shows its output, and exits as it did. */
public final class RunCommand {
  private static final Option DETACH =
      Option.flag("--detach", "Print the job's id and do not wait for it.");
  private static final Option AS_JSON =
      Option.flag("--json", "One JSON document per line: the job, its lines, the job again.");
  private static final Option VERBOSE =
      Option.flag("--verbose", "Show what Nimbus remarks in the log, on stderr.");
  private static final Option NO_START =
      Option.flag("--no-start", "Fail when no daemon runs, rather than start one.");

  private RunCommand() {}

  /**
   * The command.
   *
   * @param daemon starts the daemon of the home when none runs
   */
  public static Command<Shell> command(BiFunction<Shell, Arguments, Target> daemon) {
    var grammar =
        Grammar.of(DETACH, AS_JSON, VERBOSE, NO_START)
            .and(JobRequest.OPTIONS)
            .and(Target.OPTIONS)
            .takingVerbatim(Operand.many("COMMAND", "The program to run and its arguments."));
    return new Command.Leaf<>("run", manual(), grammar, (s, a) -> run(s, a, daemon));
  }

  private static Manual manual() {
    return Manual.of(
            "Run one command as a job, show its output while it runs, and exit as it does.",
            "nimbus run -- make test",
            "nimbus run --cpus 2 --memory 4G --timeout 10m -- sh -c 'make -j2 && make test'",
            "nimbus run --detach --json -- ./nightly.sh")
        .withDetails(
            "Exits with the job's own code, with 124 when it ran longer than it may, and with 130"
                + " after Ctrl-C, which cancels it. Starts a daemon on this machine when none"
                + " runs and no control plane is named.");
  }

  private static int run(
      Shell shell, Arguments arguments, BiFunction<Shell, Arguments, Target> daemon)
      throws InterruptedException {
    var request = JobRequest.of(shell, arguments);
    var target =
        arguments.has(NO_START)
            ? Target.of(shell, arguments)
            : Target.find(shell, arguments).orElseGet(() -> daemon.apply(shell, arguments));
    var document = target.text().post(Paths.JOBS, request, Map.of("Idempotency-Key", onceKey()));
    var job = JobBrief.parse(document);
    if (arguments.has(DETACH)) {
      var said = arguments.has(AS_JSON) ? JsonWords.write(job.fields()) : job.id();
      shell.out().print(said + "\n");
      return 0;
    }
    return new RunningJob(shell, target, job.id(), view(shell, arguments)).show(document);
  }

  /** From the kernel: the secure random source of the JDK takes 20 ms to start. */
  private static String onceKey() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/uuid")).strip();
    } catch (IOException _) {
      return Ids.random().next("run");
    }
  }

  private static View view(Shell shell, Arguments arguments) {
    return arguments.has(AS_JSON)
        ? new View.Documents(shell.out())
        : new View.Text(shell, new LinePrinter(shell, arguments.has(VERBOSE)));
  }
}
