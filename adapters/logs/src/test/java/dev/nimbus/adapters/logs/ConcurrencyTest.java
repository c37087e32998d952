package dev.nimbus.adapters.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.Position;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything at once: shippers that repeat themselves, followers, and the chores. */
final class ConcurrencyTest {
  private static final int JOBS = 5;
  private static final int SHIPPERS_PER_JOB = 4;
  private static final long LINES = 2000;

  @TempDir private Path folder = Path.of("");
  private final SteppedTime time = new SteppedTime(Logs.NOON);
  private final AtomicInteger shipping = new AtomicInteger(JOBS * SHIPPERS_PER_JOB);

  @Test
  @Timeout(120)
  void nothingIsLostDoubledOrReordered() throws Exception {
    var limits =
        new StoreLimits(1 << 30, 1 << 30, 16 * 1024, 1 << 20, 1 << 20, Duration.ofSeconds(10));
    try (var store = EmbeddedLogStore.open(folder, limits, time);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var shippers = new ArrayList<Future<?>>();
      var followers = new ArrayList<Future<List<Long>>>();
      for (var job = 0; job < JOBS; job++) {
        var id = new JobId("j-" + job);
        followers.add(threads.submit(() -> follow(store, id)));
        for (var i = 0; i < SHIPPERS_PER_JOB; i++) {
          var seed = job * 100 + i;
          shippers.add(threads.submit(shipper(store, id, seed)));
        }
      }
      var tidied = threads.submit(() -> keepTidy(store));
      for (var shipper : shippers) {
        shipper.get();
      }
      for (var follower : followers) {
        assertThat(follower.get()).isEqualTo(Logs.upTo(LINES));
      }
      assertThat(tidied.get()).isPositive();
      assertThat(store.stats().lines()).isEqualTo(JOBS * LINES);
      for (var job = 0; job < JOBS; job++) {
        var id = new JobId("j-" + job);
        assertThat(Logs.all(store, id))
            .extracting(Line::text)
            .isEqualTo(
                Logs.batch(id, Logs.FIRST, 1, LINES).lines().stream().map(Line::text).toList());
      }
    }
  }

  /** Ships in order, but like one whose receipts get lost: goes back and repeats. */
  private Callable<Void> shipper(EmbeddedLogStore store, JobId job, int seed) {
    return () -> {
      var random = new SplittableRandom(seed);
      var next = 1L;
      while (next <= LINES) {
        var to = Math.min(LINES, next + random.nextInt(1, 60));
        var receipt = store.append(Logs.ORG, Logs.batch(job, Logs.FIRST, next, to));
        assertThat(receipt.last().sequence()).isGreaterThanOrEqualTo(to);
        var back = random.nextInt(4) == 0 ? random.nextInt(100) : 0;
        next = Math.max(1, to + 1 - back);
      }
      shipping.decrementAndGet();
      return null;
    };
  }

  private static List<Long> follow(EmbeddedLogStore store, JobId job) {
    var seen = new ArrayList<Long>();
    var after = Position.START;
    while (seen.isEmpty() || seen.getLast() < LINES) {
      for (var line : store.read(Logs.ORG, LogQuery.of(job, after, 100)).lines()) {
        seen.add(line.sequence());
        after = line.position();
      }
    }
    return seen;
  }

  private int keepTidy(EmbeddedLogStore store) {
    var merged = 0;
    while (shipping.get() > 0) {
      time.step(Duration.ofSeconds(1));
      merged += store.tidy().merged();
      store.expire(time.instant().minus(Duration.ofDays(1)));
    }
    time.step(Duration.ofMinutes(1));
    return merged + store.tidy().merged();
  }
}
