package dev.nimbus.bench.capacity;

import dev.nimbus.core.pool.Warming;
import java.time.Duration;
import java.util.Locale;

/** Ninety days with and without machines that wait. */
public final class Capacity {
  private static final int DAYS = 90;
  private static final long SEED = 20_261_125;
  private static final long[] WAITING = {2_000_000, 5_000_000, 20_000_000, 50_000_000};
  private static final long USUAL = Warming.Predicted.USUAL;

  private Capacity() {}

  public static void run() {
    var threads = new Thread[] {thread(Cloud.METERED, 7_500), thread(Cloud.HOURLY, 2_500)};
    for (var thread : threads) {
      thread.start();
    }
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Cloud cloud, double perDay) {
    return new Thread(() -> System.out.println(report(cloud, perDay)), cloud.name());
  }

  private static String report(Cloud cloud, double perDay) {
    var comparison = new Comparison(cloud, SEED, perDay, DAYS);
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "paid %s, %.0f jobs a day, %d days%n",
            cloud.name(),
            comparison.without().jobs() / (double) DAYS,
            DAYS));
    text.append(
        "%-28s %10s %8s %8s %8s %8s %6s %6s %8s%n"
            .formatted("policy", "USD", "p50 s", "p95 s", "p99 s", "mean s", "idle", "most", "µs"));
    line(text, "(a) none", comparison.without());
    var ours = comparison.predicted(USUAL, Duration.ZERO);
    var size = comparison.fixedAsGoodAs(ours);
    line(text, "(b) " + size + " fixed", comparison.fixed(size));
    line(text, "(c) predicted, 10 USD/h", ours);
    for (var waiting : WAITING) {
      var other = comparison.predicted(waiting, Duration.ZERO);
      line(text, "    predicted, " + waiting / 1_000_000 + " USD/h", other);
    }
    line(text, "    off by twelve hours", comparison.predicted(USUAL, Duration.ofHours(12)));
    comparison.tried().forEach((fixed, outcome) -> line(text, "    tried: " + fixed, outcome));
    return text.append(
            ours.beats(comparison.fixed(size)) ? "(c) beats (b)" : "(c) DOES NOT beat (b)")
        .append(String.format(Locale.ROOT, " by %.1f %%%n", saved(ours, comparison.fixed(size))))
        .toString();
  }

  private static double saved(Outcome ours, Outcome fixed) {
    return 100 * (1 - ours.dollars() / fixed.dollars());
  }

  private static void line(StringBuilder text, String name, Outcome of) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-28s %,10.2f %8.1f %8.1f %8.1f %8.2f %5.1f%% %6d %8.0f%n",
            name,
            of.dollars(),
            of.p50Seconds(),
            of.p95Seconds(),
            of.p99Seconds(),
            of.meanSeconds(),
            100 * of.idle(),
            of.most(),
            of.planMicros()));
  }
}
