package dev.nimbus.adapters.providers.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What runs on this machine, as the kernel tells it. */
public final class Processes {
  private Processes() {}

  /** Those that carry the mark of a machine, and are more than what is left of one. */
  public static List<ProcessHandle> of(String machine) {
    var mark = "NIMBUS_MACHINE=" + machine;
    return that(pid -> List.of(text(pid, "environ").split("\0", -1)).contains(mark));
  }

  /** Those whose command line holds a text. */
  public static List<ProcessHandle> saying(String text) {
    return that(pid -> text(pid, "cmdline").contains(text));
  }

  /** Runs a program and returns what it prints. */
  public static String run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + printed);
      }
      return printed.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ProcessHandle> that(Predicate<Long> condition) {
    return ProcessHandle.allProcesses().filter(one -> condition.test(one.pid())).toList();
  }

  private static String text(long pid, String file) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
