package dev.nimbus.adapters.executors.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The processes of this host, as far as they concern sandboxes. */
final class Processes {
  /** The variable by which everything that makes up a sandbox is marked; its value the folder. */
  static final String MARK = "NIMBUS_SANDBOX";

  private static final Path PROC = Path.of("/proc");
  private static final int START_TIME = 19;
  private static final Set<String> GONE = Set.of("Z", "X", "x");

  private Processes() {}

  /** Sends SIGKILL, unless the process is gone. */
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Sends SIGTERM, unless the process is gone. */
  static void terminate(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  /** When the process started, in clock ticks since boot; empty when it is gone or a zombie. */
  static OptionalLong startTime(long pid) {
    return KernelFile.read(PROC.resolve(pid + "/stat"))
        .map(Processes::startTime)
        .orElse(OptionalLong.empty());
  }

  /** The start time in the text of a {@code stat} file. */
  static OptionalLong startTime(String stat) {
    var afterName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return afterName.length <= START_TIME || GONE.contains(afterName[0])
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(afterName[START_TIME]));
  }

  /** Every process marked with a sandbox folder directly below this one, and which. */
  static List<Marked> marked(Path sandboxes) {
    return marked().filter(marked -> sandboxes.equals(marked.folder().getParent())).toList();
  }

  /** Every process marked with this sandbox folder. */
  static List<Long> markedWith(Path folder) {
    return marked().filter(marked -> marked.folder().equals(folder)).map(Marked::pid).toList();
  }

  /** A process and the sandbox folder it is marked with. */
  record Marked(long pid, Path folder) {
    String name() {
      return String.valueOf(folder.getFileName());
    }
  }

  /** Whether the process is the first one of its process namespace. */
  static boolean first(long pid) {
    return namespacePids(pid)
        .map(pids -> pids.length > 1 && pids[pids.length - 1].equals("1"))
        .orElse(false);
  }

  /** Everything in the process namespace of this one but the first process. */
  static List<Long> inside(long first) {
    var namespace = namespace(first);
    return namespace.isEmpty()
        ? List.of()
        : pids().stream().filter(pid -> pid != first && namespace(pid).equals(namespace)).toList();
  }

  private static Stream<Marked> marked() {
    return pids().stream()
        .flatMap(pid -> mark(pid).map(folder -> new Marked(pid, folder)).stream());
  }

  private static Optional<Path> namespace(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/ns/pid")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String[]> namespacePids(long pid) {
    return KernelFile.read(PROC.resolve(pid + "/status")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("NSpid:"))
        .map(line -> line.substring("NSpid:".length()).strip().split("\\s+", -1))
        .findFirst();
  }

  private static Optional<Path> mark(long pid) {
    return KernelFile.read(PROC.resolve(pid + "/environ")).stream()
        .flatMap(environ -> Stream.of(environ.split("\0", -1)))
        .filter(variable -> variable.startsWith(MARK + "="))
        .map(variable -> Path.of(variable.substring(MARK.length() + 1)))
        .findFirst();
  }

  private static List<Long> pids() {
    var names = new File("/proc").list();
    return names == null
        ? List.of()
        : Stream.of(names)
            .filter(name -> Character.isDigit(name.charAt(0)))
            .map(Long::valueOf)
            .toList();
  }
}
