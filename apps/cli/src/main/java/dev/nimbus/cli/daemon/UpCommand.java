package dev.nimbus.cli.daemon;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Grammar;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code nimbus up}: everything on one machine. */
public final class UpCommand {
  static final Option NO_AGENT =
      Option.flag("--no-agent", "Without a host agent: jobs wait for hosts elsewhere.");
  static final Option IDLE_EXIT =
      Option.value("--idle-exit", "TIME", "End when nobody has used it for so long.");

  private static final Option DETACH =
      Option.flag("--detach", "Start in the background and return when it is ready.");
  private static final Duration REPLACING = Duration.ofSeconds(60);

  private UpCommand() {}

  public static Command<Shell> command() {
    var manual =
        Manual.of(
                "Run everything on this machine: control plane, cache, logs and one host agent.",
                "nimbus up",
                "nimbus up --detach",
                "nimbus up --home /srv/nimbus --port 9000 --agent-port 0")
            .withDetails(
                "Ends its start with the line 'nimbus: ready URL'. Ctrl-C stops it gracefully. Keys"
                    + " and tokens are made at the first start; nothing has a default secret.");
    var grammar =
        Grammar.of(DETACH, NO_AGENT, IDLE_EXIT, Keys.CONFIG, Home.HOME).and(PortOption.all());
    return new Command.Leaf<>("up", manual, grammar, UpCommand::run);
  }

  private static int run(Shell shell, Arguments arguments) throws InterruptedException {
    var home = Home.of(shell, arguments);
    if (arguments.has(DETACH)) {
      return detached(shell, arguments, home);
    }
    try (var _ = lock(shell, home)) {
      return new Foreground(shell, arguments, home).run();
    }
  }

  private static HomeLock lock(Shell shell, Home home) throws InterruptedException {
    var lock = HomeLock.take(home);
    if (lock.isPresent()) {
      return lock.get();
    }
    var daemon = Daemon.running(home).orElseThrow(() -> busy(home));
    if (!daemon.unattended()) {
      throw running(daemon, home);
    }
    shell.say("replacing the private daemon (pid " + daemon.pid() + ")");
    Stopping.stop(daemon, REPLACING);
    return HomeLock.take(home).orElseThrow(() -> busy(home));
  }

  private static int detached(Shell shell, Arguments arguments, Home home)
      throws InterruptedException {
    var before = Daemon.running(home);
    if (before.isPresent() && !before.get().unattended()) {
      throw running(before.get(), home);
    }
    var daemon =
        new Background(home, System.getProperty("nimbus.launcher", ""))
            .start(options(arguments), before);
    shell.out().print("nimbus: ready " + daemon.controlPlane() + "\n");
    shell.out().flush();
    shell.say("runs in the background (pid " + daemon.pid() + "); nimbus dashboard signs you in");
    return 0;
  }

  private static List<String> options(Arguments arguments) {
    var options = new ArrayList<String>();
    var passed = new ArrayList<>(PortOption.all());
    passed.addAll(List.of(NO_AGENT, IDLE_EXIT, Keys.CONFIG));
    for (var option : passed) {
      for (var value : arguments.texts(option)) {
        options.add(value.isEmpty() ? option.name() : option.name() + "=" + value);
      }
    }
    return options;
  }

  private static NimbusException running(Daemon daemon, Home home) {
    return new NimbusException(
        Kind.CONFLICT,
        "A daemon already runs in '%s' (pid %d, %s): nimbus down stops it, --home starts another"
            .formatted(home.folder(), daemon.pid(), daemon.controlPlane()));
  }

  private static NimbusException busy(Home home) {
    return new NimbusException(
        Kind.CONFLICT, "Another daemon is starting or stopping in '" + home.folder() + "'");
  }
}
