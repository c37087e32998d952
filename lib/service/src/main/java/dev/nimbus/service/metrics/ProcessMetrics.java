package dev.nimbus.service.metrics;

import dev.nimbus.service.time.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the operating system and the virtual machine say of this process. */
public final class ProcessMetrics {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final int PAGE_BYTES = 4096;

  private ProcessMetrics() {}

  /** Adds them to the metrics; read when somebody looks, so they cost nothing else. */
  public static void register(Metrics metrics) {
    var started = SystemTime.nanos();
    var runtime = Runtime.getRuntime();
    metrics.sample(
        "process_uptime_seconds",
        "Seconds since the service started.",
        () -> (SystemTime.nanos() - started) / 1e9);
    metrics.sampleTotal("process_cpu_seconds_total", "CPU time used.", ProcessMetrics::cpuSeconds);
    metrics.sample(
        "jvm_memory_used_bytes",
        "Heap in use.",
        () -> runtime.totalMemory() - runtime.freeMemory());
    metrics.sample("jvm_memory_max_bytes", "Heap allowed.", runtime::maxMemory);
    metrics.sample("process_open_fds", "Open file descriptors.", ProcessMetrics::descriptors);
    metrics.sample(
        "process_resident_memory_bytes", "Resident memory.", ProcessMetrics::residentBytes);
  }

  private static double cpuSeconds() {
    var used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return used.toNanos() / 1e9;
  }

  private static double descriptors() {
    try (var entries = Files.list(DESCRIPTORS)) {
      return entries.count();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double residentBytes() {
    try {
      var pages = Files.readString(STATM).split(" ", 3)[1];
      return Double.parseDouble(pages) * PAGE_BYTES;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
