package dev.nimbus.cli;

import dev.nimbus.cli.command.Call;
import dev.nimbus.cli.command.Look;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.Parsed;
import dev.nimbus.cli.command.Program;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.config.ConfigException;
import java.util.List;

/** The program: one command line in, one exit code out. */
public final class Nimbus {
  static final Option DEBUG = Option.flag("--debug", "Show where an error came from.");

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int INTERRUPTED = 130;

  private final Program<Shell> program;

  public Nimbus(Program<Shell> program) {
    this.program = program;
  }

  /** Runs a command line and returns what to exit with. */
  public int run(List<String> words, Shell shell) {
    var parsed = program.parse(words, () -> Look.of(shell));
    return parsed instanceof Parsed.Run<Shell>(var call)
        ? run(call, shell)
        : say((Parsed.Say<Shell>) parsed, shell);
  }

  private static int say(Parsed.Say<Shell> say, Shell shell) {
    shell.out().print(say.out());
    shell.out().flush();
    shell.err().print(say.err());
    shell.err().flush();
    return say.exitCode();
  }

  private static int run(Call<Shell> call, Shell shell) {
    var debug = call.arguments().has(DEBUG);
    try {
      var code = call.command().action().run(shell, call.arguments());
      shell.out().flush();
      return code;
    } catch (WrongUsage | ConfigException e) {
      return failed(shell, e, debug, WRONG_USAGE);
    } catch (NimbusException e) {
      return failed(shell, e, debug, FAILED);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  private static int failed(Shell shell, RuntimeException e, boolean debug, int code) {
    shell.out().flush();
    shell.say(String.valueOf(e.getMessage()));
    if (debug) {
      e.printStackTrace(shell.err());
    }
    shell.err().flush();
    return code;
  }
}
