package dev.nimbus.controlplane.intake;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.job.ByteSize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Labels as people write them on a job, sorted into what they mean: requirements a host must carry,
 * sizes ({@code cpus:4}, {@code memory:8GiB}, {@code cpu-high}), an image, and metadata ({@code
 * param:lr=0.1}, {@code meta:nightly}), which is never a requirement. The word {@code nimbus} only
 * selects Nimbus itself.
 */
final class AskedLabels {
  private final List<String> required = new ArrayList<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private String image = "";
  private int milliCpus;
  private long memoryBytes;

  private AskedLabels() {}

  static AskedLabels read(Collection<String> labels) {
    var asked = new AskedLabels();
    labels.forEach(asked::add);
    return asked;
  }

  List<String> required() {
    return List.copyOf(required);
  }

  Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  Optional<String> image() {
    return image.isEmpty() ? Optional.empty() : Optional.of(image);
  }

  OptionalInt milliCpus() {
    return milliCpus == 0 ? OptionalInt.empty() : OptionalInt.of(milliCpus);
  }

  Optional<Long> memoryBytes() {
    return memoryBytes == 0 ? Optional.empty() : Optional.of(memoryBytes);
  }

  private void add(String label) {
    var text = label.strip();
    var colon = text.indexOf(':');
    var word = colon < 0 ? text : text.substring(0, colon + 1);
    var rest = text.substring(colon + 1);
    switch (word.toLowerCase(Locale.ROOT)) {
      case "nimbus" -> {}
      case "param:", "meta:" -> addMetadata(rest);
      case "image:" -> image = rest;
      case "cpus:" -> milliCpus = cpus(label, rest);
      case "memory:" -> memoryBytes = memory(label, rest);
      case "cpu-medium" -> milliCpus = Math.max(milliCpus, 4_000);
      case "cpu-high" -> milliCpus = Math.max(milliCpus, 8_000);
      case "memory-high" -> memoryBytes = Math.max(memoryBytes, 32L << 30);
      default -> required.add(text);
    }
  }

  private void addMetadata(String entry) {
    var equals = entry.indexOf('=');
    if (equals < 0) {
      metadata.put(entry, "");
    } else {
      metadata.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
  }

  private static int cpus(String label, String number) {
    try {
      return Submission.milliCpus(Double.parseDouble(number));
    } catch (NumberFormatException e) {
      throw new NimbusException(Kind.INVALID, "Not a number of cpus: '" + label + "'", e);
    }
  }

  private static long memory(String label, String size) {
    try {
      return ByteSize.parse(size);
    } catch (IllegalArgumentException e) {
      throw new NimbusException(Kind.INVALID, "Not a memory size: '" + label + "'", e);
    }
  }
}
