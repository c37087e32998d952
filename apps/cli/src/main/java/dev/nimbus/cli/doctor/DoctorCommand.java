package dev.nimbus.cli.doctor;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Format;
import dev.nimbus.cli.terminal.Printer;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Table;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.hostagent.HostAgentConfig;
import dev.nimbus.hostagent.runner.RunnerTools;
import dev.nimbus.service.command.CommandRunner;
import dev.nimbus.service.log.Logging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code nimbus doctor}. */
public final class DoctorCommand {
  private static final Option FIX =
      Option.flag("--fix", "Install what is missing, with the system's package manager.");
  private static final Option DRY_RUN =
      Option.flag("--dry-run", "With --fix: only say what would be done.");

  /** Where agents look for programs, whatever anybody's own search path is. */
  private static final String PROGRAMS =
      "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin";

  private DoctorCommand() {}

  /**
   * The command.
   *
   * @param probe looks at what an agent with this home could do here
   */
  public static Command<Shell> command(Function<Path, Probe> probe) {
    var manual =
        Manual.of(
                "Look at this machine: what is fine, what is not, and what to do about it.",
                "nimbus doctor",
                "nimbus doctor --json",
                "nimbus doctor --fix --dry-run")
            .withDetails("Exits with 1 when something that is needed is broken.");
    var grammar = Grammar.of(FIX, DRY_RUN, Keys.CONFIG).and(Format.OPTIONS).and(Target.OPTIONS);
    return new Command.Leaf<>("doctor", manual, grammar, (s, a) -> run(s, a, probe));
  }

  private static int run(Shell shell, Arguments arguments, Function<Path, Probe> probe)
      throws InterruptedException {
    Logging.start("ERROR", Logging.Format.TEXT);
    if (arguments.has(FIX)) {
      repair(shell).run(arguments.has(DRY_RUN));
    }
    var home = Home.of(shell, arguments);
    var findings = new ArrayList<>(new Machine(home, shell.time().instant()).findings());
    findings.addAll(new Isolation(probe).findings());
    findings.addAll(programs(shell, arguments).findings());
    findings.addAll(new Surroundings(shell, arguments).findings());
    Printer.of(shell, arguments).print(findings, () -> table(findings));
    return findings.stream().anyMatch(Finding::bad) ? 1 : 0;
  }

  private static RunnerPrograms programs(Shell shell, Arguments arguments) {
    var settings = Keys.settings(shell, arguments, Map.of());
    var folder = settings.find(HostAgentConfig.RUNNER_TOOLS).orElseThrow();
    return new RunnerPrograms(new RunnerTools(folder), CommandRunner.system());
  }

  private static Repair repair(Shell shell) {
    var root = System.getProperty("user.name", "").equals("root");
    return new Repair(
        shell, CommandRunner.system(), folders(shell.variable("PATH")), folders(PROGRAMS), root);
  }

  private static List<Path> folders(String path) {
    return Arrays.stream(path.split(":", -1)).map(Path::of).toList();
  }

  private static Table table(List<Finding> findings) {
    var table = Table.of("WHAT", "VERDICT", "FOUND", "WHAT TO DO");
    findings.forEach(f -> table.row(f.subject(), f.verdict(), f.found(), f.remedy()));
    return table;
  }
}
