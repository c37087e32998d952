package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.job.Size;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** How much this host can give to jobs altogether. */
final class Capacity {
  private static final int MILLI = 1_000;
  private static final long KIB = 1_024;

  private Capacity() {}

  static Size look() {
    var meminfo = KernelFile.read(Path.of("/proc/meminfo")).orElse("");
    var limits =
        OwnGroup.read(MountTable.read()).stream()
            .flatMapToLong(
                group ->
                    LongStream.of(
                        KernelFile.number(group.folder().resolve("memory.max")),
                        KernelFile.number(group.folder().resolve("memory.limit_in_bytes"))));
    return new Size(
        Runtime.getRuntime().availableProcessors() * MILLI, memory(meminfo, limits.toArray()));
  }

  /** The memory of the machine, or of the control group we are in if that is less. */
  static long memory(String meminfo, long... limits) {
    var total =
        meminfo
            .lines()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> Long.parseLong(line.split(" +", -1)[1]) * KIB)
            .findFirst()
            .orElse(0);
    return LongStream.of(limits).filter(limit -> limit > 0).reduce(total, Math::min);
  }
}
