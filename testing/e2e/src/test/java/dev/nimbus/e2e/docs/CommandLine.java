package dev.nimbus.e2e.docs;

import dev.nimbus.cli.Commands;
import dev.nimbus.cli.Nimbus;
import dev.nimbus.cli.command.Look;
import dev.nimbus.cli.command.Parsed;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.cli.terminal.Terminal;
import dev.nimbus.service.time.SystemTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the command line makes of words. */
final class CommandLine {
  private CommandLine() {}

  /** What is wrong with a command line; empty when it would run or shows a help page. */
  static String complaint(List<String> words) {
    var parsed = Commands.program("").parse(words, () -> Look.PLAIN);
    return parsed instanceof Parsed.Say<?>(var code, _, var err) && code != 0 ? err : "";
  }

  /** What a command prints, run without an environment. */
  static String printed(String... words) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var shell = new Shell(stream, stream, Map.of(), Terminal.none(), SystemTime.clock());
    var code = new Nimbus(Commands.program("")).run(List.of(words), shell);
    if (code != 0) {
      throw new IllegalStateException("nimbus " + List.of(words) + " ended with " + code);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
