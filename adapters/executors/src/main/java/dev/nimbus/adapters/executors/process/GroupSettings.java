package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.job.Size;
import java.util.ArrayList;
import java.util.List;

/** The limits of a sandbox as files of a control group and what to write to them. */
final class GroupSettings {
  private static final long PERIOD_MICROS = 100_000;
  private static final long LEAST_QUOTA_MICROS = 1_000;
  private static final long MICROS_PER_MILLI_CPU = PERIOD_MICROS / 1_000;

  /** The launcher and the first process of the sandbox count too. */
  private static final int OUR_PROCESSES = 2;

  private GroupSettings() {}

  /**
   * One value to write.
   *
   * @param needed whether a limit is not enforced without it
   */
  record Setting(String controller, String file, String value, boolean needed) {}

  /** Version 1: each controller in a hierarchy of its own or with others. */
  static List<Setting> version1(Size limits, int maxProcesses) {
    var settings = new ArrayList<Setting>();
    if (limits.memoryBytes() > 0) {
      var bytes = Long.toString(limits.memoryBytes());
      settings.add(new Setting("memory", "memory.limit_in_bytes", bytes, true));
      settings.add(new Setting("memory", "memory.memsw.limit_in_bytes", bytes, false));
    }
    if (limits.milliCpus() > 0) {
      settings.add(new Setting("cpu", "cpu.cfs_period_us", Long.toString(PERIOD_MICROS), true));
      settings.add(new Setting("cpu", "cpu.cfs_quota_us", Long.toString(quota(limits)), true));
    }
    settings.addAll(processes(maxProcesses));
    return settings;
  }

  /** Version 2: all controllers in one hierarchy. */
  static List<Setting> version2(Size limits, int maxProcesses) {
    var settings = new ArrayList<Setting>();
    if (limits.memoryBytes() > 0) {
      var bytes = Long.toString(limits.memoryBytes());
      settings.add(new Setting("memory", "memory.max", bytes, true));
      settings.add(new Setting("memory", "memory.swap.max", "0", false));
    }
    if (limits.milliCpus() > 0) {
      settings.add(new Setting("cpu", "cpu.max", quota(limits) + " " + PERIOD_MICROS, true));
    }
    settings.addAll(processes(maxProcesses));
    return settings;
  }

  private static List<Setting> processes(int maxProcesses) {
    return maxProcesses == 0
        ? List.of()
        : List.of(
            new Setting("pids", "pids.max", Integer.toString(maxProcesses + OUR_PROCESSES), true));
  }

  private static long quota(Size limits) {
    return Math.max(LEAST_QUOTA_MICROS, limits.milliCpus() * MICROS_PER_MILLI_CPU);
  }
}
