package dev.nimbus.cli.daemon;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.util.List;
import java.util.Optional;

/** The daemon that {@code nimbus run} starts when none runs: on loopback, on any free ports. */
public final class PrivateDaemon {
  private static final String IDLE = "30m";
  private static final List<String> OPTIONS =
      List.of(
          "--idle-exit=" + IDLE, "--port=0", "--cache-port=0", "--logs-port=0", "--agent-port=0");

  private PrivateDaemon() {}

  /** Starts it and leaves it running; it ends by itself when nobody has used it for a while. */
  public static Target start(Shell shell, Arguments arguments) {
    var home = Home.of(shell, arguments);
    shell.say("no daemon runs in " + home.folder() + ", starting a private one");
    try {
      var daemon =
          new Background(home, System.getProperty("nimbus.launcher", ""))
              .start(OPTIONS, Optional.empty());
      shell.say(
          "private daemon at "
              + daemon.controlPlane()
              + " (pid "
              + daemon.pid()
              + "); it ends after "
              + IDLE
              + " unused, or with nimbus down");
      var target = Target.of(daemon, home);
      Reductions.tell(shell, target.text());
      return target;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbusException(Kind.UNAVAILABLE, "Interrupted while starting a daemon", e);
    }
  }
}
