package dev.nimbus.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time, in microseconds. */
final class Cpu {
  private static final double MICROS_PER_TICK = 10_000;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private Cpu() {}

  /** What this process has used. */
  static double ownMicros() {
    var bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return bean.getProcessCpuTime() / 1e3;
  }

  /** What this thread has used: without the compiler and the collector. */
  static double threadMicros() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e3;
  }

  /** What the processes this one started, and that have ended, had used; to 10 ms. */
  static double endedChildrenMicros() throws IOException {
    var stat = Files.readString(Path.of("/proc/self/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    var ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
    return ticks * MICROS_PER_TICK;
  }
}
