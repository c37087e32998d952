package dev.nimbus.cli.daemon;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.terminal.Shell;
import java.time.Duration;

/** {@code nimbus down}. */
public final class DownCommand {
  private static final Option WAIT =
      Option.value("--wait", "SECONDS", "How long to wait for it to stop. Default: 60.");

  private DownCommand() {}

  public static Command<Shell> command() {
    var manual =
        Manual.of("Stop the daemon on this machine gracefully.", "nimbus down")
            .withDetails(
                "It stops taking jobs and gives running ones a moment. Those that did not end go"
                    + " back to the queue, for the next start.");
    return new Command.Leaf<>("down", manual, Grammar.of(WAIT, Home.HOME), DownCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) throws InterruptedException {
    var home = Home.of(shell, arguments);
    var daemon = Daemon.running(home);
    if (daemon.isEmpty()) {
      shell.say("no daemon runs in " + home.folder());
      return 0;
    }
    Stopping.stop(daemon.get(), Duration.ofSeconds(arguments.number(WAIT, 60, 1, 86_400)));
    shell.say("stopped (pid " + daemon.get().pid() + ")");
    return 0;
  }
}
