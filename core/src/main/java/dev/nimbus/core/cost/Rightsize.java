package dev.nimbus.core.cost;

import dev.nimbus.core.job.Requirements;
import dev.nimbus.core.job.Size;
import dev.nimbus.core.pool.Offering;
import dev.nimbus.core.pool.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * How much jobs that are alike used of what they asked for, and what they should ask for.
 *
 * @param milliCpus they kept busy on average, in thousandths of a processor
 * @param memoryBytes the most they held
 * @param ran how long they ran altogether
 * @param advice what follows from it
 */
public record Rightsize(
    Workload of, int jobs, Spread milliCpus, Spread memoryBytes, Duration ran, Advice advice) {
  /** So many say something about the next. */
  public static final int FEWEST = 20;

  private static final int CPU_STEP = 500;
  private static final long MEMORY_STEP = 256L << 20;

  private static final Comparator<Rightsize> MOST_RUN_FIRST =
      Comparator.comparing(Rightsize::ran).reversed();

  /** Half of them used at most the one, 95 of a hundred the other, all the last. */
  public record Spread(long half, long most, long all) {
    private static Spread of(List<JobUse> uses, ToLongFunction<JobUse> amount) {
      var sorted = uses.stream().mapToLong(amount).sorted().toArray();
      return new Spread(at(sorted, 50), at(sorted, 95), sorted[sorted.length - 1]);
    }

    private static long at(long[] sorted, int percent) {
      return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }
  }

  /** What to do about it. */
  public sealed interface Advice {
    /** Fewer than {@link #FEWEST} jobs say nothing. */
    record TooFew() implements Advice {}

    /** They ask for what they use. */
    record Fits() implements Advice {}

    /**
     * They should ask for less.
     *
     * @param savedMicros what that had saved, at the lowest prices of pools that serve them; empty
     *     where one of the two has no price
     */
    record Smaller(Size size, OptionalLong savedMicros) implements Advice {}
  }

  /** Of each kind of job, those that ran longest first. */
  public static List<Rightsize> of(List<JobUse> uses, List<Pool> pools) {
    var alike = new LinkedHashMap<Workload, List<JobUse>>();
    uses.forEach(use -> alike.computeIfAbsent(use.of(), _ -> new ArrayList<>()).add(use));
    return alike.entrySet().stream()
        .map(one -> of(one.getKey(), one.getValue(), pools))
        .sorted(MOST_RUN_FIRST)
        .toList();
  }

  private static Rightsize of(Workload workload, List<JobUse> uses, List<Pool> pools) {
    var cpus = Spread.of(uses, JobUse::milliCpus);
    var memory = Spread.of(uses, use -> use.used().peakMemoryBytes());
    var ran = uses.stream().map(JobUse::ran).reduce(Duration.ZERO, Duration::plus);
    var advice = advice(workload.asked(), uses.size(), cpus, memory, ran, pools);
    return new Rightsize(workload, uses.size(), cpus, memory, ran, advice);
  }

  private static Advice advice(
      Requirements asked, int jobs, Spread cpus, Spread memory, Duration ran, List<Pool> pools) {
    if (jobs < FEWEST) {
      return new Advice.TooFew();
    }
    var size =
        new Size(
            (int) Math.min(asked.size().milliCpus(), roomy(cpus.most(), CPU_STEP)),
            Math.min(asked.size().memoryBytes(), roomy(memory.all(), MEMORY_STEP)));
    return size.equals(asked.size())
        ? new Advice.Fits()
        : new Advice.Smaller(size, saved(asked, size, ran, pools));
  }

  /** A quarter more, in whole steps. */
  private static long roomy(long used, long step) {
    return Math.ceilDiv(used + used / 4, step) * step;
  }

  private static OptionalLong saved(Requirements asked, Size size, Duration ran, List<Pool> pools) {
    var now = price(asked, pools);
    var then = price(new Requirements(asked.labels(), size), pools);
    if (now.isEmpty() || then.isEmpty()) {
      return OptionalLong.empty();
    }
    var perHour = Math.min(Bill.DEAREST, now.getAsLong() - then.getAsLong());
    return OptionalLong.of((long) (perHour * (ran.toMillis() / 3_600_000.0)));
  }

  /** The lowest price of an hour of a machine that could run it. */
  private static OptionalLong price(Requirements asked, List<Pool> pools) {
    return pools.stream()
        .flatMap(pool -> pool.offerings().stream().filter(offer -> pool.serves(offer, asked)))
        .mapToLong(Offering::microsPerHour)
        .filter(micros -> micros >= 0)
        .min();
  }
}
