package dev.nimbus.cli.daemon;

import dev.nimbus.cli.connect.Daemon;
import dev.nimbus.cli.connect.Home;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.time.SystemTime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts a daemon that outlives the command, and waits until it is ready. */
final class Background {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(10);
  private static final int LAST_LINES = 12;

  private final Home home;
  private final String launcher;

  /**
   * A way to start the daemon of a home.
   *
   * @param launcher the script that starts this program
   */
  Background(Home home, String launcher) {
    this.home = home;
    this.launcher = launcher;
  }

  /**
   * Starts {@code nimbus up} with these options and returns what it wrote of itself.
   *
   * @param before the daemon it replaces
   */
  Daemon start(List<String> options, Optional<Daemon> before) throws InterruptedException {
    if (launcher.isEmpty()) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot start a daemon: this program was not started by ./nimbus");
    }
    var command = new ArrayList<String>();
    setsid().ifPresent(path -> command.add(path.toString()));
    command.addAll(List.of(launcher, "up", "--home", home.folder().toString()));
    command.addAll(options);
    return ready(launch(command), before);
  }

  /** Own session, so that Ctrl-C at this terminal does not reach the daemon. */
  private static Optional<Path> setsid() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Process launch(List<String> command) {
    try {
      Files.createDirectories(
          home.run(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new ProcessBuilder(command)
          .directory(home.folder().toFile())
          .redirectInput(new File("/dev/null"))
          .redirectErrorStream(true)
          .redirectOutput(home.daemonLog().toFile())
          .start();
    } catch (IOException e) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot start a daemon in '" + home.folder() + "': " + e, e);
    }
  }

  private Daemon ready(Process process, Optional<Daemon> before) throws InterruptedException {
    var deadline = SystemTime.nanos() + PATIENCE.toNanos();
    while (SystemTime.nanos() < deadline) {
      var daemon = Daemon.running(home);
      if (daemon.isPresent() && !daemon.equals(before)) {
        return daemon.get();
      }
      if (!process.isAlive() && !somebodyElseStarts()) {
        throw new NimbusException(Kind.UNAVAILABLE, "The daemon did not start:\n" + lastLines());
      }
      SystemTime.sleep(GLANCE);
    }
    process.destroy();
    throw new NimbusException(
        Kind.UNAVAILABLE, "The daemon was not ready in time, see '" + home.daemonLog() + "'");
  }

  /** Whether another command was faster; its daemon serves this one too. */
  private boolean somebodyElseStarts() {
    var lock = HomeLock.take(home);
    lock.ifPresent(HomeLock::close);
    return lock.isEmpty();
  }

  private String lastLines() {
    try {
      var lines = Files.readAllLines(home.daemonLog());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "Cannot read '" + home.daemonLog() + "': " + e;
    }
  }
}
