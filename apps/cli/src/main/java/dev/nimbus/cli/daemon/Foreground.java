package dev.nimbus.cli.daemon;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.connect.Target;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.service.config.CommonKeys;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.log.Logging;
import dev.nimbus.service.token.Audience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A daemon in this process, from its first line to its last. */
final class Foreground {
  private final Shell shell;
  private final Arguments arguments;
  private final Home home;
  private final Lifetime lifetime;

  Foreground(Shell shell, Arguments arguments, Home home) {
    this.shell = shell;
    this.arguments = arguments;
    this.home = home;
    this.lifetime = new Lifetime(shell);
  }

  /** Serves until the process is told to end, or nobody uses it any more. */
  int run() throws InterruptedException {
    var settings = settings(Map.of());
    log(settings);
    PortOption.checkFree(settings);
    return lifetime.live(() -> start(settings));
  }

  static void log(Settings settings) {
    Logging.start(
        settings.read(CommonKeys.LOG_LEVEL),
        Logging.Format.of(settings.read(CommonKeys.LOG_FORMAT)));
  }

  private void start(Settings settings) throws InterruptedException {
    try (var all = AllInOne.start(settings, home.folder(), shell.time())) {
      if (!arguments.has(UpCommand.NO_AGENT)) {
        all.startAgent(this::settings);
      }
      serve(all);
    }
  }

  private void serve(AllInOne all) throws InterruptedException {
    PrivateFile.write(home.tokenFile(), all.token(Audience.ADMIN, "cli"));
    PrivateFile.write(home.usedFile(), "");
    var daemon = daemon(all);
    PrivateFile.write(home.daemonFile(), daemon.text());
    try {
      announce(all, Target.of(daemon, home));
      awaitEnd();
    } finally {
      PrivateFile.delete(home.daemonFile());
    }
  }

  private void announce(AllInOne all, Target itself) {
    Reductions.tell(shell, itself.text());
    shell.out().print("nimbus: dashboard " + all.signInLink() + " (signs in once)\n");
    shell.out().print("nimbus: ready " + itself.url() + "\n");
    shell.out().flush();
  }

  private void awaitEnd() throws InterruptedException {
    var idle = idle();
    if (idle.isEmpty()) {
      lifetime.awaitEnd();
      return;
    }
    try (var _ = new IdleExit(home, idle.get(), shell.time()).watch(lifetime::end)) {
      lifetime.awaitEnd();
    }
  }

  private Daemon daemon(AllInOne all) {
    var pid = ProcessHandle.current().pid();
    return new Daemon(
        pid,
        Daemon.ticks(pid),
        "0.1.0",
        shell.time().instant().toString(),
        idle().isPresent(),
        all.urls());
  }

  private Optional<Duration> idle() {
    return arguments.text(UpCommand.IDLE_EXIT).map(Foreground::duration);
  }

  private static Duration duration(String text) {
    try {
      return Key.duration("idle-exit", "", "").parser().apply(text);
    } catch (IllegalArgumentException _) {
      throw WrongUsage.of(UpCommand.IDLE_EXIT, text, "a time such as 30m");
    }
  }

  private Settings settings(Map<String, String> more) {
    var given = new LinkedHashMap<>(PortOption.given(arguments));
    given.put(CommonKeys.HOME.variable(), home.folder().toString());
    given.putAll(more);
    return Keys.settings(shell, arguments, given);
  }
}
