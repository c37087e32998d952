package dev.nimbus.cli.doctor;

import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.command.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Installs what makes the isolation of jobs better, with the system's own package manager. */
record Repair(Shell shell, CommandRunner runner, List<Path> path, boolean root) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String PACKAGE = "bubblewrap";
  private static final List<List<String>> INSTALLERS =
      List.of(
          List.of("apt-get", "install", "-y", PACKAGE),
          List.of("dnf", "install", "-y", PACKAGE),
          List.of("yum", "install", "-y", PACKAGE),
          List.of("zypper", "--non-interactive", "install", PACKAGE),
          List.of("pacman", "-S", "--noconfirm", PACKAGE),
          List.of("apk", "add", PACKAGE));

  /** Says what it does and does it; with a dry run, only says it. */
  void run(boolean dry) throws InterruptedException {
    if (installed("bwrap")) {
      shell.say("nothing to install: bubblewrap is here");
      return;
    }
    var command = command().orElseThrow(Repair::unknown);
    shell.say((dry ? "would run: " : "running: ") + String.join(" ", command));
    if (dry) {
      return;
    }
    if (!root) {
      throw new NimbusException(
          Kind.DENIED, "Cannot install: that needs root. Run: sudo " + String.join(" ", command));
    }
    var done = runner.run(command, PATIENCE);
    if (!done.succeeded()) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot install " + PACKAGE + " (exit code " + done.exitCode() + "): " + done.output());
    }
  }

  Optional<List<String>> command() {
    return INSTALLERS.stream()
        .filter(command -> installed(command.getFirst()))
        .findFirst()
        .map(ArrayList::new);
  }

  private boolean installed(String program) {
    return path.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(program)));
  }

  private static NimbusException unknown() {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot install " + PACKAGE + ": no known package manager; install it by hand");
  }
}
