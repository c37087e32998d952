package dev.nimbus.hostagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.executor.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays random lives of one job against a control plane that is away, slow or forgetful. */
final class LeaseKeepingPropertyTest {
  private static final Duration STEP = Duration.ofMillis(100);

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noJobOutlivesItsLeaseAndEveryEndIsToldOnce(long seed) {
    var life = new Life(new Random(seed));
    life.play();

    assertThat(life.reports().stream().distinct()).hasSizeLessThanOrEqualTo(1);
    assertThat(life.stage().over()).as("over, seed %s: %s", seed, life.stage()).isTrue();
  }

  /** The control plane, the network, the sandbox and the agent of one job. */
  private static final class Life {
    private record Late(Duration at, Event event) {}

    private final Random random;
    private final List<Late> onTheWay = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private LeaseKeeping keeping;
    private Duration now = Duration.ZERO;
    private Duration grantedUntil = Played.TTL;
    private Duration awayUntil = Duration.ZERO;
    private Duration cameBackAt = Duration.ZERO;
    private boolean alive;
    private boolean hangs;
    private boolean taken;
    private boolean knowsLoss;

    Life(Random random) {
      this.random = random;
      var holding =
          new Holding(
              Played.HOLDING.sandbox(),
              Played.TTL,
              Duration.ofSeconds(20 + random.nextInt(200)),
              0,
              random.nextDouble());
      var step = LeaseKeeping.granted(holding, Rules.DEFAULT, now);
      keeping = step.next();
      step.actions().forEach(this::carryOut);
    }

    Stage stage() {
      return keeping.stage();
    }

    List<Report> reports() {
      return reports;
    }

    void play() {
      for (var i = 0; i < 20_000 && !keeping.stage().over(); i++) {
        now = now.plus(STEP);
        world(i < 6_000);
        arrivals();
        if (now.compareTo(keeping.wakeAt()) >= 0) {
          take(new Event.Tick());
        }
        check();
      }
    }

    private void world(boolean rough) {
      if (rough && random.nextInt(300) == 0) {
        awayUntil = now.plusSeconds(random.nextInt(60));
      }
      taken |= now.compareTo(grantedUntil) >= 0 && random.nextInt(20) == 0;
      if (rough && random.nextInt(600) == 0) {
        take(new Event.CancelAsked());
      }
      if (alive && random.nextInt(1_500) == 0) {
        ended(0);
      }
      if (rough && random.nextInt(400) == 0) {
        die();
      }
    }

    /** The agent dies; answers on their way to it are gone; it comes back some time later. */
    private void die() {
      onTheWay.removeIf(late -> !(late.event() instanceof Event.Exited));
      now = now.plusMillis(random.nextInt(3_000));
      cameBackAt = now;
      var found = alive || onTheWay.stream().anyMatch(late -> late.event() instanceof Event.Exited);
      var step = keeping.resumed(found, now);
      keeping = step.next();
      step.actions().forEach(this::carryOut);
    }

    private void arrivals() {
      var due = onTheWay.stream().filter(late -> late.at().compareTo(now) <= 0).toList();
      onTheWay.removeAll(due);
      due.forEach(late -> take(late.event()));
    }

    private void take(Event event) {
      knowsLoss |= event instanceof Event.Lost;
      var step = keeping.on(event, now);
      keeping = step.next();
      step.actions().forEach(this::carryOut);
    }

    private void carryOut(Action action) {
      switch (action) {
        case Action.StartSandbox() -> {
          hangs = random.nextInt(10) == 0;
          alive = !hangs;
          if (alive) {
            soon(new Event.Started(), 300);
          }
        }
        case Action.AbandonStart() ->
            assertThat(hangs).as("a start given up on that did not hang").isTrue();
        case Action.SendRenew(var sentAt, var started) -> renew(sentAt, started);
        case Action.Stop(var grace, _) -> {
          if (alive && (grace.isZero() || random.nextBoolean())) {
            ended(137);
          }
        }
        case Action.Drain _ -> soon(new Event.Drained(), 1_000);
        case Action.SendFinish(var report) -> finish(report);
        case Action.Release(), Action.Discard() -> alive = false;
      }
    }

    private void ended(int code) {
      alive = false;
      soon(new Event.Exited(new Exit.Exited(code)), 1);
    }

    private void renew(Duration sentAt, boolean started) {
      if (away()) {
        soon(new Event.Unreachable(), 5_000);
      } else if (taken) {
        soon(new Event.Lost("taken"), 2_000);
      } else {
        grantedUntil = now.plus(Played.TTL);
        answer(new Event.Renewed(sentAt, started, Played.TTL, false));
      }
    }

    private void finish(Report report) {
      assertThat(knowsLoss && reports.isEmpty()).as("an end told of a lost job").isFalse();
      reports.add(report);
      if (away()) {
        soon(new Event.FinishUnanswered(), 5_000);
      } else {
        answer(taken ? new Event.FinishStale() : new Event.FinishRecorded());
      }
    }

    private boolean away() {
      return now.compareTo(awayUntil) < 0;
    }

    private void answer(Event event) {
      if (random.nextInt(10) != 0) {
        soon(event, random.nextInt(5) == 0 ? 12_000 : 50);
      }
    }

    private void soon(Event event, int withinMillis) {
      onTheWay.add(new Late(now.plusMillis(random.nextInt(withinMillis)), event));
    }

    private void check() {
      var running = alive && keeping.stage() instanceof Stage.Running;
      var asking = now.minus(cameBackAt).compareTo(Rules.DEFAULT.adoptionGrace()) <= 0;
      assertThat(running && taken && !asking).as("alive though taken away at %s", now).isFalse();
    }
  }
}
