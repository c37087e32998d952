package dev.nimbus.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.service.metrics.Metrics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration LONG = Duration.ofHours(1);
  private final Metrics metrics = new Metrics();
  private final Semaphore turns = new Semaphore(0);

  @Test
  void theFirstTurnComesAtOnceAndFurtherOnesOnANudge() throws Exception {
    try (var loop = Loop.start("test", LONG, metrics, turns::release)) {
      awaitTurn();
      loop.nudge();
      awaitTurn();
    }
    assertThat(metrics.exposition())
        .contains("nimbus_reconcile_runs_total{loop=\"test\",result=\"ok\"} 2.0");
  }

  @Test
  void turnsComeOnThePeriod() throws Exception {
    try (var _ = Loop.start("test", Duration.ofMillis(5), metrics, turns::release)) {
      for (var i = 0; i < 4; i++) {
        awaitTurn();
      }
    }
  }

  @Test
  void aFailingStepIsCountedAndTriedAgain() throws Exception {
    Runnable step =
        () -> {
          turns.release();
          throw new IllegalStateException("not today");
        };
    try (var loop = Loop.start("test", LONG, metrics, step)) {
      awaitTurn();
      loop.nudge();
      awaitTurn();
    }
    assertThat(metrics.exposition())
        .contains("nimbus_reconcile_runs_total{loop=\"test\",result=\"failed\"} 2.0");
  }

  @Test
  void thereIsNeverMoreThanOneTurnAtATime() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    Runnable step =
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          inside.decrementAndGet();
          turns.release();
        };
    try (var loop = Loop.start("test", LONG, metrics, step)) {
      for (var i = 0; i < 100; i++) {
        loop.nudge();
      }
      awaitTurn();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void closingWaitsForTheTurnThatRuns() throws Exception {
    var started = new CountDownLatch(1);
    var ended = new AtomicInteger();
    Runnable step =
        () -> {
          started.countDown();
          ended.incrementAndGet();
        };
    var loop = Loop.start("test", LONG, metrics, step);
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

    loop.close();

    assertThat(ended).hasValue(1);
    loop.nudge();
    assertThat(ended).hasValue(1);
  }

  @Test
  void theSignalToEndWakesEveryHookOnce() throws Exception {
    var shutdown = new Shutdown();
    var woken = new AtomicInteger();
    shutdown.onRequest(woken::incrementAndGet);
    shutdown.onRequest(woken::incrementAndGet).close();
    assertThat(shutdown.await(Duration.ZERO)).isFalse();

    shutdown.request();
    shutdown.request();
    shutdown.onRequest(woken::incrementAndGet);

    assertThat(woken).hasValue(2);
    assertThat(shutdown.await(LONG)).isTrue();
  }

  private void awaitTurn() throws InterruptedException {
    assertThat(turns.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }
}
