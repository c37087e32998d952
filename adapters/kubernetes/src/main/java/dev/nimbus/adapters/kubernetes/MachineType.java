package dev.nimbus.adapters.kubernetes;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How much of a node a machine takes, which is what it asks for and what it is held to: {@code
 * cpu=4,memory=16Gi}, and further {@code storage=40Gi} and devices such as {@code
 * nvidia.com/gpu=1}.
 *
 * @param resources as Kubernetes names and writes them
 */
record MachineType(SortedMap<String, String> resources) {
  /** The disk of a machine whose pool and type say nothing of it. */
  private static final String SOME_STORAGE = "10Gi";

  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";
  private static final String STORAGE = "ephemeral-storage";
  private static final int MOST_PARTS = 8;
  private static final Pattern CPUS =
      Pattern.compile("[1-9]\\d{0,3}(\\.\\d{1,3})?|0\\.\\d{0,2}[1-9]|[1-9]\\d{0,6}m");
  private static final Pattern BYTES = Pattern.compile("[1-9]\\d{0,6}(Mi|Gi|Ti)");
  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,2}");
  private static final Pattern DEVICE =
      Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/[A-Za-z0-9]([A-Za-z0-9._-]{0,62})");

  MachineType {
    resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
  }

  /** Reads a type; {@code IllegalArgumentException} says what is wrong with it. */
  static MachineType parse(String text) {
    var resources = new TreeMap<String, String>();
    var parts = text.split(",", MOST_PARTS + 1);
    if (parts.length > MOST_PARTS) {
      throw wrong(text, "it has more than %d parts".formatted(MOST_PARTS));
    }
    for (var part : parts) {
      var pair = part.strip().split("=", 2);
      if (pair.length < 2 || !fits(pair[0], pair[1])) {
        throw wrong(text, "'%s' is none of its parts".formatted(part));
      }
      if (resources.put(pair[0].equals("storage") ? STORAGE : pair[0], pair[1]) != null) {
        throw wrong(text, "it says '%s' twice".formatted(pair[0]));
      }
    }
    if (!resources.containsKey(CPU) || !resources.containsKey(MEMORY)) {
      throw wrong(text, "it needs cpu and memory");
    }
    resources.putIfAbsent(STORAGE, SOME_STORAGE);
    return new MachineType(resources);
  }

  /** The same with a disk of so many GiB, or this one for 0. */
  MachineType withDisk(int gib) {
    if (gib == 0) {
      return this;
    }
    var changed = new TreeMap<>(resources);
    changed.put(STORAGE, gib + "Gi");
    return new MachineType(changed);
  }

  private static boolean fits(String name, String value) {
    return switch (name) {
      case CPU -> CPUS.matcher(value).matches();
      case MEMORY, "storage" -> BYTES.matcher(value).matches();
      default -> DEVICE.matcher(name).matches() && COUNT.matcher(value).matches();
    };
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException(
        "type '%s' is not understood: %s (cpu=4,memory=16Gi, storage=40Gi, nvidia.com/gpu=1)"
            .formatted(text, why));
  }
}
