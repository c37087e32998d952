package dev.nimbus.core.pool;

import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.job.Requirements;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a pool would serve what is required.
 *
 * @param why with which of its machines, or what they lack
 */
public record PoolChoice(PoolName pool, boolean serves, String why) {
  /** Looks at the pool's offerings in the order it wants them. */
  public static PoolChoice of(Pool pool, Requirements required) {
    for (var offering : pool.offerings()) {
      if (pool.serves(offering, required)) {
        return new PoolChoice(
            pool.name(),
            pool.max() > 0,
            pool.max() > 0
                ? "a %s of '%s' at %s"
                    .formatted(offering.type(), offering.provider(), offering.place())
                : "it may have no machines: max is 0");
      }
    }
    return new PoolChoice(pool.name(), false, lack(pool, required));
  }

  /**
   * The pool a job counts for where only one can: the first that serves it, one it asks for by name
   * before the others.
   *
   * @param pools in the order of their names, as machines are made by them
   */
  public static Optional<Pool> first(List<Pool> pools, Requirements required) {
    var serving = pools.stream().filter(pool -> of(pool, required).serves()).toList();
    return serving.stream()
        .filter(pool -> required.labels().values().contains(pool.name().value()))
        .findFirst()
        .or(() -> serving.stream().findFirst());
  }

  private static String lack(Pool pool, Requirements required) {
    var nearest =
        pool.offerings().stream()
            .map(offering -> missing(pool, offering, required))
            .min(Comparator.comparingInt(TreeSet::size))
            .orElseThrow();
    if (!nearest.isEmpty()) {
      return "it lacks " + String.join(", ", nearest);
    }
    var size = required.size();
    var largest =
        pool.offerings().stream()
            .filter(offering -> missing(pool, offering, required).isEmpty())
            .max(Comparator.comparingLong(offering -> offering.size().memoryBytes()))
            .orElseThrow();
    return "its largest machine, %s, gives %s cpus and %d MiB; asked for are %s and %d"
        .formatted(
            largest.type(),
            cpus(largest.size().milliCpus()),
            largest.size().memoryBytes() >> 20,
            cpus(size.milliCpus()),
            size.memoryBytes() >> 20);
  }

  private static TreeSet<String> missing(Pool pool, Offering offering, Requirements required) {
    var missing = new TreeSet<>(required.labels().values());
    missing.removeAll(pool.offered(offering).values());
    return missing;
  }

  private static String cpus(int milliCpus) {
    return java.math.BigDecimal.valueOf(milliCpus, 3).stripTrailingZeros().toPlainString();
  }
}
