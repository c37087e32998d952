package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The control groups of one sandbox, one per hierarchy, of either version. */
record SandboxGroups(List<Path> folders) {
  private static final int NANOS_PER_MICRO = 1_000;

  SandboxGroups {
    folders = List.copyOf(folders);
  }

  /** The files to which a process writes 0 to join. */
  List<Path> joins() {
    return folders.stream()
        .map(folder -> folder.resolve(version2(folder) ? "cgroup.procs" : "tasks"))
        .toList();
  }

  /** Every process in any of them. */
  Set<Long> members() {
    var members = new TreeSet<Long>();
    for (var folder : folders) {
      KernelFile.read(folder.resolve("cgroup.procs")).stream()
          .flatMap(String::lines)
          .map(Long::valueOf)
          .forEach(members::add);
    }
    return members;
  }

  /** Sends SIGKILL to every member, at once where the kernel can. */
  void kill() {
    if (folders.stream().noneMatch(SandboxGroups::killed)) {
      members().forEach(Processes::kill);
    }
  }

  /** How many processes the kernel killed for memory. */
  long outOfMemoryKills() {
    return folders.stream()
        .mapToLong(
            folder ->
                Math.max(
                    KernelFile.number(folder.resolve("memory.events"), "oom_kill"),
                    KernelFile.number(folder.resolve("memory.oom_control"), "oom_kill")))
        .max()
        .orElse(0);
  }

  Usage usage() {
    return new Usage(
        Duration.ofNanos(most("cpuacct.usage", "cpu.stat")),
        Math.max(most("memory.max_usage_in_bytes", ""), most("memory.peak", "")));
  }

  /**
   * Removes the empty groups. One that is already gone is fine; returns those that would not go.
   */
  List<Path> remove() {
    return folders.stream().filter(folder -> !removed(folder)).toList();
  }

  boolean exist() {
    return folders.stream().anyMatch(Files::exists);
  }

  private static boolean killed(Path folder) {
    try {
      KernelFile.write(folder.resolve("cgroup.kill"), "1");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean removed(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private long most(String file, String statistics) {
    return folders.stream()
        .mapToLong(
            folder ->
                Math.max(
                    KernelFile.number(folder.resolve(file)),
                    statistics.isEmpty()
                        ? 0
                        : KernelFile.number(folder.resolve(statistics), "usage_usec")
                            * NANOS_PER_MICRO))
        .max()
        .orElse(0);
  }

  private static boolean version2(Path folder) {
    return Files.exists(folder.resolve("cgroup.controllers"));
  }
}
