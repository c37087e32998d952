package dev.nimbus.core.job;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
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
public final class AskedLabels {
  private static final double MAX_CPUS = 1_024;

  private final List<String> required = new ArrayList<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private String image = "";
  private int milliCpus;
  private long memoryBytes;

  private AskedLabels() {}

  /** Sorts labels; a size that is none is {@code INVALID}. */
  public static AskedLabels read(Collection<String> labels) {
    var asked = new AskedLabels();
    labels.forEach(asked::add);
    return asked;
  }

  /** Processors as people count them; what a job cannot have is {@code INVALID}. */
  public static int milliCpus(double cpus) {
    if (!(cpus > 0) || cpus > MAX_CPUS) {
      throw new NimbusException(
          Kind.INVALID, "A job needs more than 0 and at most 1024 cpus: " + cpus);
    }
    return (int) Math.ceil(cpus * 1000);
  }

  /** What a host must carry, whatever the image. */
  public List<String> required() {
    return List.copyOf(required);
  }

  /**
   * What a host must carry to run this image: any has its own, and one that has another says so.
   */
  public List<String> hostLabels(String image) {
    var labels = new ArrayList<>(required);
    if (!image.equals(JobSpec.HOST_IMAGE)) {
      labels.add("image:" + image);
    }
    return labels;
  }

  public Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  /** The image, if one is asked for; of several the last. */
  public Optional<String> image() {
    return image.isEmpty() ? Optional.empty() : Optional.of(image);
  }

  /** The processors asked for, if any; of several the last. */
  public OptionalInt milliCpus() {
    return milliCpus == 0 ? OptionalInt.empty() : OptionalInt.of(milliCpus);
  }

  /** The memory asked for, if any; of several the last. */
  public Optional<Long> memoryBytes() {
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
      return milliCpus(Double.parseDouble(number));
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
