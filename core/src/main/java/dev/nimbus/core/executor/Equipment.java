package dev.nimbus.core.executor;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a sandbox has besides the system of its host and its workspace: secrets for the job, and a
 * program of the host. All that is secret is kept in memory, belongs to the job's user alone and is
 * gone with the sandbox; it is in no file of the host and in no process's arguments.
 *
 * @param environment added to that of the job, and above it
 * @param files by name, in {@link #FILES}; the job may write there, too
 * @param program what the job sees as {@link #PROGRAM}
 */
public record Equipment(
    Map<String, String> environment, Map<String, String> files, Program program) {
  /** The folder of the files, inside the sandbox. */
  public static final String FILES = "/run/nimbus/files";

  /** The folder of the program, inside the sandbox. */
  public static final String PROGRAM = "/run/nimbus/tool";

  /** Of a job that needs nothing more than its command. */
  public static final Equipment NONE = new Equipment(Map.of(), Map.of(), new Program.Absent());

  /** Characters of environment and files together. */
  public static final int MAX_CHARACTERS = 128 * 1024;

  private static final int MAX_NAMES = 32;
  private static final String NAME = "[A-Za-z0-9._-]{1,64}";
  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,127}";

  /** What is in {@link #PROGRAM}. */
  public sealed interface Program {
    /** The folder is not there. */
    record Absent() implements Program {}

    /** A folder of the host, read-only. */
    record Shared(Path folder) implements Program {}

    /**
     * A folder of the job's own, for a program that writes beside itself: what it writes is in
     * memory, of which it gets little.
     *
     * @param shown folders of the host in it, read-only, by name
     * @param roomy names of further folders in it that may grow: they are on the disk, as folders
     *     of the workspace, and not for secrets
     */
    record Own(Map<String, Path> shown, Set<String> roomy) implements Program {
      public Own {
        shown = Map.copyOf(shown);
        roomy = Set.copyOf(roomy);
        var names = new HashSet<>(shown.keySet());
        names.addAll(roomy);
        checkNames(names);
        if (names.size() != shown.size() + roomy.size()) {
          throw new IllegalArgumentException(
              "A folder of a program is both shown and roomy: " + names);
        }
      }
    }
  }

  public Equipment {
    environment = Map.copyOf(environment);
    files = Map.copyOf(files);
    checkNames(files.keySet());
    for (var name : environment.keySet()) {
      if (!name.matches(VARIABLE)) {
        throw new IllegalArgumentException("Not an environment variable name: '" + name + "'");
      }
    }
    checkLength(List.of(environment, files));
  }

  /** Whether the sandbox has any of what only some have. */
  public boolean placed() {
    return !files.isEmpty() || !(program instanceof Program.Absent);
  }

  /** Names only. */
  @Override
  public String toString() {
    return "Equipment[environment=%s, files=%s, program=%s]"
        .formatted(environment.keySet(), files.keySet(), program);
  }

  private static void checkNames(Set<String> names) {
    if (names.size() > MAX_NAMES) {
      throw new IllegalArgumentException(
          names.size() + " files or folders (at most " + MAX_NAMES + ")");
    }
    for (var name : names) {
      if (!name.matches(NAME) || name.equals(".") || name.equals("..")) {
        throw new IllegalArgumentException("Not the name of a file: '" + name + "'");
      }
    }
  }

  private static void checkLength(List<Map<String, String>> all) {
    long length = 0;
    for (var texts : all) {
      for (var text : texts.entrySet()) {
        if (text.getValue().indexOf('\0') >= 0) {
          throw new IllegalArgumentException("'" + text.getKey() + "' contains a NUL character");
        }
        length += text.getKey().length() + text.getValue().length();
      }
    }
    if (length > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "Environment and files have " + length + " characters (at most " + MAX_CHARACTERS + ")");
    }
  }
}
