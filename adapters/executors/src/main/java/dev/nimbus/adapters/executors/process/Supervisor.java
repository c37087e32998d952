package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that watches one sandbox from outside, told from any later process with its number by
 * boot and start time.
 */
record Supervisor(String boot, long pid, long startTime) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** Reads what the supervisor wrote about itself; empty when it did not get so far. */
  static Optional<Supervisor> parse(String text) {
    var lines = text.lines().toList();
    if (lines.size() < 2) {
      return Optional.empty();
    }
    var stat = lines.get(1);
    var pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
    return Processes.startTime(stat).stream()
        .mapToObj(start -> new Supervisor(lines.getFirst(), pid, start))
        .findFirst();
  }

  boolean alive() {
    var now = Processes.startTime(pid);
    return now.isPresent()
        && now.getAsLong() == startTime
        && KernelFile.read(BOOT_ID).map(String::strip).orElse("").equals(boot);
  }
}
