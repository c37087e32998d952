package dev.nimbus.hostagent;

import dev.nimbus.core.id.HostId;
import dev.nimbus.core.job.Labels;
import dev.nimbus.core.job.Size;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** What a host offers when nobody says otherwise. Pure. */
final class Offering {
  private static final long MIB = 1024 * 1024;
  private static final long SMALLEST_RESERVE = 256 * MIB;
  private static final long LARGEST_RESERVE = 2048 * MIB;
  private static final int RESERVE_SHARE = 10;
  private static final int SLOTS_PER_CPU = 4;
  private static final int MILLI = 1_000;
  private static final int MAX_SLOTS = 10_000;
  private static final int MAX_NAME = 64;

  private Offering() {}

  /** The machine, as far as it is not configured, less what the system needs itself. */
  static Size capacity(Size machine, int milliCpus, long memoryBytes) {
    return new Size(
        milliCpus > 0 ? milliCpus : machine.milliCpus(),
        memoryBytes > 0 ? memoryBytes : machine.memoryBytes() - reserve(machine.memoryBytes()));
  }

  static int slots(Size capacity, int configured) {
    var usual = (capacity.milliCpus() + MILLI - 1) / MILLI * SLOTS_PER_CPU;
    return configured > 0 ? configured : Math.clamp(usual, 1, MAX_SLOTS);
  }

  /** The configured labels, and what every such host is. */
  static Labels labels(Collection<String> configured, String executor, String os, String arch) {
    var all = new LinkedHashSet<>(configured);
    all.add("nimbus");
    all.add(executor);
    all.add(os.toLowerCase(Locale.ROOT).replace(' ', '-'));
    all.addAll(architecture(arch));
    return Labels.of(all);
  }

  /** A host id made of a machine's name. */
  static HostId host(String name) {
    var clean =
        name.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return new HostId(
        clean.isEmpty() ? "host" : clean.substring(0, Math.min(MAX_NAME, clean.length())));
  }

  private static List<String> architecture(String arch) {
    return switch (arch) {
      case "amd64", "x86_64" -> List.of("amd64", "x64");
      case "aarch64", "arm64" -> List.of("arm64");
      default -> List.of(arch);
    };
  }

  private static long reserve(long memoryBytes) {
    var share = Math.clamp(memoryBytes / RESERVE_SHARE, SMALLEST_RESERVE, LARGEST_RESERVE);
    return Math.min(share, memoryBytes / 2);
  }
}
