package dev.nimbus.cli.practice;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** {@code nimbus practice}: the usual commands, one after the other, in one process. */
public final class PracticeCommand {
  private static final List<List<String>> LINES =
      List.of(
          List.of("jobs", "recent"),
          List.of("jobs", "recent", "--json"),
          List.of("hosts", "list"),
          List.of("status"));

  private PracticeCommand() {}

  /**
   * The command.
   *
   * @param nimbus runs a command line
   */
  public static Command<Shell> command(BiFunction<List<String>, Shell, Integer> nimbus) {
    var manual =
        Manual.of(
                "Run the usual commands once, for the build to record what they need.",
                "nimbus practice --home /tmp/practice")
            .asHidden();
    return new Command.Leaf<>(
        "practice", manual, Grammar.of(Home.HOME), (s, a) -> run(s, a, nimbus));
  }

  private static int run(
      Shell shell, Arguments arguments, BiFunction<List<String>, Shell, Integer> nimbus) {
    var home = List.of("--home", arguments.text(Home.HOME).orElse(""));
    var job = new ByteArrayOutputStream();
    var _ = nimbus.apply(with(home, "run", "--detach", "true"), quiet(shell, job));
    var id = job.toString(StandardCharsets.UTF_8).strip();
    var quiet = quiet(shell, OutputStream.nullOutputStream());
    var code = nimbus.apply(with(home, "run", "--verbose", "echo", "x"), quiet);
    for (var line : LINES) {
      var _ = nimbus.apply(with(home, line.toArray(String[]::new)), quiet);
    }
    for (var command : List.of("logs", "jobs show", "jobs why")) {
      var words = new ArrayList<>(List.of(command.split(" ", -1)));
      words.add(id);
      var _ = nimbus.apply(with(home, words.toArray(String[]::new)), quiet);
    }
    return code;
  }

  private static List<String> with(List<String> home, String... words) {
    var line = new ArrayList<>(List.of(words));
    var options = words[0].equals("jobs") || words[0].equals("hosts") ? 2 : 1;
    line.addAll(options, home);
    return line;
  }

  private static Shell quiet(Shell shell, OutputStream to) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var out = new PrintStream(to, false, StandardCharsets.UTF_8);
    return new Shell(out, nowhere, shell.environment(), Terminal.none(), shell.time());
  }
}
