package dev.nimbus.cli.daemon;

import dev.nimbus.cli.command.Arguments;
import dev.nimbus.cli.command.Option;
import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.cli.config.Keys;
import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.service.config.CommonKeys;
import dev.nimbus.service.config.Key;
import dev.nimbus.service.config.Settings;
import dev.nimbus.service.log.Logging;
import dev.nimbus.service.loop.Shutdown;
import dev.nimbus.service.token.Audience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A daemon in this process, from its first line to its last. */
final class Foreground {
  private static final Duration LONG = Duration.ofDays(10_000);

  private final Shell shell;
  private final Arguments arguments;
  private final Home home;
  private final Shutdown shutdown = new Shutdown();
  private final CountDownLatch ended = new CountDownLatch(1);

  Foreground(Shell shell, Arguments arguments, Home home) {
    this.shell = shell;
    this.arguments = arguments;
    this.home = home;
  }

  /** Serves until the process is told to end, or nobody uses it any more. */
  int run() throws InterruptedException {
    var settings = settings(Map.of());
    Logging.start(
        settings.read(CommonKeys.LOG_LEVEL),
        Logging.Format.of(settings.read(CommonKeys.LOG_FORMAT)));
    PortOption.checkFree(settings);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stop));
    try (var all = AllInOne.start(settings, home.folder(), shell.time())) {
      if (!arguments.has(UpCommand.NO_AGENT)) {
        all.startAgent(this::settings);
      }
      serve(all);
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private void serve(AllInOne all) throws InterruptedException {
    PrivateFile.write(home.tokenFile(), all.token(Audience.ADMIN, "cli"));
    PrivateFile.write(home.usedFile(), "");
    PrivateFile.write(home.daemonFile(), daemon(all).text());
    try {
      announce(all);
      var idle = idle();
      if (idle.isPresent()) {
        try (var _ = IdleExit.watch(home, idle.get(), shell.time(), shutdown)) {
          var _ = shutdown.await(LONG);
        }
      } else {
        var _ = shutdown.await(LONG);
      }
      shell.say("stopping");
    } finally {
      PrivateFile.delete(home.daemonFile());
    }
  }

  private void announce(AllInOne all) {
    shell.out().print("nimbus: dashboard " + all.signInLink() + " (signs in once)\n");
    shell.out().print("nimbus: ready " + all.urls().get(Daemon.CONTROL_PLANE) + "\n");
    shell.out().flush();
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
    return arguments.text(UpCommand.IDLE_EXIT).map(text -> duration(UpCommand.IDLE_EXIT, text));
  }

  private static Duration duration(Option option, String text) {
    try {
      return Key.duration("idle-exit", "", "").parser().apply(text);
    } catch (IllegalArgumentException _) {
      throw WrongUsage.of(option, text, "a time such as 30m");
    }
  }

  private Settings settings(Map<String, String> more) {
    var given = new LinkedHashMap<>(PortOption.given(arguments));
    given.put(CommonKeys.HOME.variable(), home.folder().toString());
    given.putAll(more);
    return Keys.settings(shell, arguments, given);
  }

  /** Asks for the end and waits for it, so that the JVM does not leave earlier. */
  private void stop() {
    shutdown.request();
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    shell.out().flush();
    Runtime.getRuntime().halt(0);
  }
}
