package dev.nimbus.bench.capacity;

import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/** One hour of virtual time in which machines are made for ever more jobs a second. */
public final class Scale {
  private static final long START = Instant.parse("2026-11-25T08:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final long SLICE = HOUR / 6;
  private static final int POOLS = 50;
  private static final int WARM = 20;

  /** As long on average as jobs of {@link Workload} run, and a little more than that to start. */
  private static final double RUNS_MILLIS = 413_000;

  private Scale() {}

  /** At a tenth of the size, and at the size, at which ten million jobs come a day and more. */
  public static void run() {
    var tenth = hour(20);
    var whole = hour(200);
    System.out.printf(
        Locale.ROOT,
        "one plan: %.1f ms, at ten times %.1f ms, %.1f ×%n",
        tenth,
        whole,
        whole / tenth);
  }

  private static double hour(int perSecond) {
    var run = new Run(Cloud.METERED, new Policy.Fixed(WARM), POOLS);
    run.begin(START);
    var random = new SplittableRandom(5);
    var last = 0.0;
    var slice = START + SLICE;
    for (var at = START; at < START + HOUR; at += gap(perSecond, random)) {
      run.come(
          new Workload.Job(at, 5_000 + (long) (RUNS_MILLIS * -Math.log(1 - random.nextDouble()))));
      if (at >= slice) {
        last = run.planMillis();
        System.out.printf(
            Locale.ROOT,
            "%d jobs a second, minute %d: %,d machines, %.2f ms of CPU a plan%n",
            perSecond,
            (slice - START) / 60_000,
            run.machines(),
            last);
        slice += SLICE;
      }
    }
    return last;
  }

  private static long gap(int perSecond, SplittableRandom random) {
    return Math.round(1_000.0 / perSecond * -Math.log(1 - random.nextDouble()));
  }
}
