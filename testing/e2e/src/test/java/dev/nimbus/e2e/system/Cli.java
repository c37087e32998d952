package dev.nimbus.e2e.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line in processes of its own, which know nothing of the person who runs the tests.
 *
 * @param folder what it prints is kept here
 * @param environment all it gets besides a path
 */
public record Cli(Path folder, Map<String, String> environment) {
  /** More options for the processes, such as an ahead-of-time cache for a long run. */
  private static final String MORE = System.getProperty("nimbus.e2e.java-options", "");

  private static final List<String> FAST =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "--enable-native-access=ALL-UNNAMED");

  public Cli {
    environment = Map.copyOf(environment);
  }

  /** A command line whose daemon lives in a home below the folder. */
  public static Cli in(Path folder) {
    try {
      var person = Files.createDirectories(folder.resolve("person"));
      var home = folder.resolve("home").toString();
      return new Cli(folder, Map.of("HOME", person.toString(), "NIMBUS_HOME", home));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with more in its environment. */
  public Cli with(Map<String, String> more) {
    var both = new LinkedHashMap<>(environment);
    both.putAll(more);
    return new Cli(folder, both);
  }

  /** Starts a command and returns at once. */
  public Running start(String... words) {
    try {
      var out = Files.createTempFile(folder, "cli-", ".out");
      var err = Files.createTempFile(folder, "cli-", ".err");
      var builder =
          new ProcessBuilder(command(words))
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
      builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
      builder.environment().putAll(environment);
      return new Running(String.join(" ", words), builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  public Running run(String... words) {
    var running = start(words);
    var _ = running.exitCode();
    return running;
  }

  private static List<String> command(String... words) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FAST);
    command.addAll(Stream.of(MORE.split(" ", -1)).filter(word -> !word.isEmpty()).toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.nimbus.cli.Main"));
    command.addAll(List.of(words));
    return command;
  }
}
