package dev.nimbus.cli.connect;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.terminal.Shell;
import java.nio.file.Path;

/** The folder that holds everything a daemon on this machine keeps. */
public record Home(Path folder) {
  public static final Option HOME =
      Option.value(
          "--home",
          "DIR",
          "The folder of the daemon on this machine. Default: NIMBUS_HOME, else /var/lib/nimbus"
              + " for root and ~/.local/state/nimbus for others.");

  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  /** The folder named by the option, the environment, or custom. */
  public static Home of(Shell shell, Arguments arguments) {
    var named = arguments.text(HOME).orElse(shell.variable("NIMBUS_HOME"));
    return new Home(named.isEmpty() ? usual(shell) : Path.of(named));
  }

  private static Path usual(Shell shell) {
    if (System.getProperty("user.name", "").equals("root")) {
      return Path.of("/var/lib/nimbus");
    }
    var state = shell.variable("XDG_STATE_HOME");
    if (!state.isEmpty()) {
      return Path.of(state, "nimbus");
    }
    var home = shell.variable("HOME");
    return Path.of(
        home.isEmpty() ? System.getProperty("user.home", "/tmp") : home,
        ".local",
        "state",
        "nimbus");
  }

  /** What only matters while a daemon runs. */
  public Path run() {
    return folder.resolve("run");
  }

  /** Where a running daemon says what it is. */
  public Path daemonFile() {
    return run().resolve("daemon.json");
  }

  /** Held by the one daemon of this home. */
  public Path lockFile() {
    return run().resolve("daemon.lock");
  }

  /** What a daemon started in the background prints. */
  public Path daemonLog() {
    return run().resolve("daemon.log");
  }

  /** Its time says when somebody last used the daemon. */
  public Path usedFile() {
    return run().resolve("used");
  }

  public Path keys() {
    return folder.resolve("keys");
  }

  /** The token of the people who may read this home. */
  public Path tokenFile() {
    return keys().resolve("cli.token");
  }
}
