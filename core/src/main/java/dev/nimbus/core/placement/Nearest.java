package dev.nimbus.core.placement;

import dev.nimbus.core.job.Size;
import dev.nimbus.core.placement.Withheld.Code;
import dev.nimbus.core.pool.Pool;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** Says what the pool that comes nearest lacks, when none matches. */
final class Nearest {
  /** Looking at every pool is dear, so a plan that finds no pool for more kinds says only that. */
  private static final int MOST_LOOKED_FOR = 50;

  private int lookedFor;

  Obstacle to(Kind kind) {
    lookedFor++;
    return new Obstacle(Code.NO_POOL, sentence(kind));
  }

  private String sentence(Kind kind) {
    var holdings = kind.tenant().holdings();
    if (holdings.isEmpty()) {
      return "Tenant '" + kind.tenant().org() + "' has no pools.";
    }
    var wanted = "No pool has machines for " + Making.words(kind.requirements());
    if (lookedFor > MOST_LOOKED_FOR) {
      return wanted + ".";
    }
    return wanted + ": " + nearest(kind, holdings);
  }

  private static String nearest(Kind kind, Collection<Holding> holdings) {
    var wanted = kind.requirements().labels().values();
    var best =
        holdings.stream()
            .map(holding -> new Missing(holding.pool(), missing(wanted, holding)))
            .min(Comparator.comparingInt(missing -> missing.labels.size()))
            .orElseThrow();
    if (!best.labels.isEmpty()) {
      var labels = String.join(", ", best.labels);
      return "the nearest, '" + best.pool.name() + "', lacks " + labels + ".";
    }
    return tooSmall(kind, holdings);
  }

  private record Missing(Pool pool, Set<String> labels) {}

  private static Set<String> missing(Set<String> wanted, Holding holding) {
    return holding.pool().offerings().stream()
        .map(offering -> offering.os())
        .distinct()
        .map(os -> without(wanted, holding.offered(os).values()))
        .min(Comparator.comparingInt(Set::size))
        .orElseThrow();
  }

  private static Set<String> without(Set<String> wanted, Set<String> offered) {
    var missing = new TreeSet<>(wanted);
    missing.removeAll(offered);
    return missing;
  }

  private static String tooSmall(Kind kind, Collection<Holding> holdings) {
    var labels = kind.requirements().labels();
    var largest =
        holdings.stream()
            .flatMap(holding -> holding.choices().stream())
            .filter(choice -> choice.labels().containsAll(labels))
            .map(choice -> choice.offering().size())
            .max(Comparator.comparingInt(Size::milliCpus).thenComparingLong(Size::memoryBytes))
            .orElseThrow();
    return "the largest that has the labels gives %s cpus and %d MiB."
        .formatted(largest.milliCpus() / 1000.0, largest.memoryBytes() >> 20);
  }
}
