package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.List;

/** One thing a job sees at a path, over an empty root folder. */
sealed interface Mount {
  Path target();

  /**
   * A folder of the host with everything below, read-only.
   *
   * @param inner what is mounted below it on the host and must be made read-only one by one
   */
  record HostFolder(Path target, List<Path> inner) implements Mount {
    public HostFolder {
      inner = List.copyOf(inner);
    }
  }

  /** A file shown read-only at another path. */
  record ReadOnly(Path source, Path target) implements Mount {}

  /** A folder of the host shown read-only at another path, with programs to run. */
  record Programs(Path source, Path target) implements Mount {}

  /** A folder the job may write to. */
  record Writable(Path source, Path target) implements Mount {}

  /** An empty folder in memory that anybody may write to, up to a size. */
  record Memory(Path target, long bytes) implements Mount {}

  /** An empty folder that stays empty. */
  record Empty(Path target) implements Mount {}

  /** A file that reads as empty. */
  record Blank(Path target) implements Mount {}

  /** The process table of the sandbox. */
  record Processes(Path target) implements Mount {}

  /** A path that is already there, made read-only. */
  record Frozen(Path target) implements Mount {}

  /**
   * The few devices every program expects, terminals and shared memory.
   *
   * @param sharedBytes how much of the latter; zero for as much as the kernel gives
   */
  record Devices(Path target, long sharedBytes) implements Mount {}
}
