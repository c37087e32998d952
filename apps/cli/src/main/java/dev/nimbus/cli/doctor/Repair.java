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
import java.util.stream.Collectors;

/**
 * Installs what makes the isolation of jobs better, with the system's own package manager.
 *
 * @param path where package managers are looked for
 * @param programs where sandboxes look for the program that is to be installed
 */
record Repair(
    Shell shell, CommandRunner runner, List<Path> path, List<Path> programs, boolean root) {
  private static final String PACKAGE = "bubblewrap";
  private static final String PROGRAM = "bwrap";

  /**
   * Ending a package manager half way can damage what it manages, so this is only a last resort.
   */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final List<Manager> MANAGERS =
      List.of(
          new Manager(
              "apt-get",
              List.of("update"),
              List.of("install", "-y", "--no-install-recommends", PACKAGE)),
          new Manager("dnf", List.of(), List.of("install", "-y", PACKAGE)),
          new Manager("yum", List.of(), List.of("install", "-y", PACKAGE)),
          new Manager("zypper", List.of(), List.of("--non-interactive", "install", PACKAGE)),
          new Manager("pacman", List.of(), List.of("-S", "--noconfirm", PACKAGE)),
          new Manager("apk", List.of("update"), List.of("add", PACKAGE)));

  /** Says what it does and does it; with a dry run, only says it. */
  void run(boolean dry) throws InterruptedException {
    if (here()) {
      shell.say("nothing to install: " + PACKAGE + " is here");
      return;
    }
    var plan = plan().orElseThrow(Repair::unknown);
    if (dry) {
      plan.forEach(command -> shell.say("would run: " + words(command)));
      return;
    }
    if (!root) {
      throw new NimbusException(
          Kind.DENIED,
          plan.stream()
              .map(command -> "sudo " + words(command))
              .collect(Collectors.joining(" && ", "Cannot install: that needs root. Run: ", "")));
    }
    carryOut(plan);
  }

  /** Lists that could not be brought up to date may still be good enough. */
  private void carryOut(List<List<String>> plan) throws InterruptedException {
    for (var command : plan) {
      shell.say("running: " + words(command));
      var done = runner.run(command, PATIENCE);
      if (done.succeeded()) {
        continue;
      }
      if (command.equals(plan.getLast())) {
        throw failed(done);
      }
      shell.say("that failed (exit code " + done.exitCode() + "), going on all the same");
    }
    if (!here()) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot install %s: %s says it did, but there is no %s in %s"
              .formatted(PACKAGE, plan.getLast().getFirst(), PROGRAM, programs));
    }
    shell.say("installed " + PACKAGE);
  }

  /** The commands to run, in order, of the first package manager that is here. */
  private Optional<List<List<String>>> plan() {
    return MANAGERS.stream()
        .flatMap(manager -> find(path, manager.program()).map(manager::commands).stream())
        .findFirst();
  }

  private boolean here() {
    return find(programs, PROGRAM).isPresent();
  }

  private static Optional<Path> find(List<Path> folders, String program) {
    return folders.stream()
        .filter(Path::isAbsolute)
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String words(List<String> command) {
    return String.join(" ", command);
  }

  private static NimbusException failed(CommandRunner.Completed done) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot install %s (exit code %d): %s"
            .formatted(PACKAGE, done.exitCode(), done.output().strip()));
  }

  private static NimbusException unknown() {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot install " + PACKAGE + ": no known package manager; install it by hand");
  }

  /**
   * A package manager.
   *
   * @param refresh brings its lists up to date; empty for one that does so by itself
   */
  private record Manager(String program, List<String> refresh, List<String> install) {
    List<List<String>> commands(Path at) {
      var commands = new ArrayList<List<String>>();
      if (!refresh.isEmpty()) {
        commands.add(command(at, refresh));
      }
      commands.add(command(at, install));
      return commands;
    }

    private static List<String> command(Path at, List<String> arguments) {
      var words = new ArrayList<String>();
      words.add(at.toString());
      words.addAll(arguments);
      return words;
    }
  }
}
