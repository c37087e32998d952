package dev.nimbus.adapters.logs;

import dev.nimbus.core.id.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** Ships until it is killed, saying on its output what was acknowledged. */
final class CrashingShippers {
  static final int JOBS = 4;

  private CrashingShippers() {}

  public static void main(String[] args) {
    var limits =
        new StoreLimits(1 << 30, 1 << 30, 8 * 1024, 1 << 20, 1 << 20, Duration.ofMillis(50));
    var store = EmbeddedLogStore.open(Path.of(args[0]), limits, InstantSource.system());
    for (var job = 0; job < JOBS; job++) {
      var id = new JobId("j-" + job);
      Thread.ofPlatform().start(() -> ship(store, id));
    }
    while (!Thread.currentThread().isInterrupted()) {
      var _ = store.tidy();
    }
  }

  private static void ship(EmbeddedLogStore store, JobId job) {
    var random = new SplittableRandom();
    var next = store.last(Logs.ORG, job).sequence() + 1;
    while (true) {
      var from = Math.max(1, next - random.nextInt(5));
      var to = next + random.nextInt(20);
      var receipt = store.append(Logs.ORG, Logs.batch(job, Logs.FIRST, from, to));
      System.out.println(job + " " + receipt.last().sequence() + " .");
      next = to + 1;
    }
  }
}
