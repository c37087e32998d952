package dev.nimbus.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What jobs may leave on the machine when something forgets to tidy up. */
public final class Leftovers {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private Leftovers() {}

  /** Ids of live processes that have a word among their arguments. */
  public static List<String> processes(String word) {
    var own = Long.toString(ProcessHandle.current().pid());
    try (var processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit) && !name.equals(own))
          .filter(name -> arguments(name).contains(word))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mounts whose description names a folder. */
  public static List<String> mounts(Path folder) {
    try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines.filter(line -> line.contains(folder.toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Control groups named after one of these jobs. */
  public static List<Path> groups(Set<String> jobs) {
    try (var folders = Files.walk(GROUPS)) {
      return folders.filter(folder -> jobs.stream().anyMatch(name(folder)::contains)).toList();
    } catch (UncheckedIOException e) {
      return groups(jobs); // others' groups come and go while we look
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is in a folder that should be empty, or absent. */
  public static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private static String arguments(String process) {
    try {
      var line = Files.readAllBytes(Path.of("/proc", process, "cmdline"));
      return new String(line, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }
}
