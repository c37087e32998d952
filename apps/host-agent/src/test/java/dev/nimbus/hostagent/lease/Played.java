package dev.nimbus.hostagent.lease;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A lease being kept in a test: events go in one by one, what was to be done is remembered. */
final class Played {
  static final Duration TTL = Duration.ofSeconds(30);
  static final Duration TIMEOUT = Duration.ofMinutes(10);
  static final Holding HOLDING =
      new Holding(
          new SandboxId(new JobId("j-1"), new Fence(3)), TTL, TIMEOUT, 512L * 1024 * 1024, 0);

  private final List<Action> all = new ArrayList<>();
  private LeaseKeeping keeping;
  private List<Action> last;
  private Duration now;

  private Played(Step step, Duration now) {
    this.keeping = step.next();
    this.last = step.actions();
    this.now = now;
    all.addAll(last);
  }

  static Played granted() {
    return new Played(LeaseKeeping.granted(HOLDING, Rules.DEFAULT, Duration.ZERO), Duration.ZERO);
  }

  /** Up, and the control plane knows. */
  static Played running() {
    return granted().on(new Event.Started()).answer(true);
  }

  Played on(Event event) {
    var step = keeping.on(event, now);
    keeping = step.next();
    last = step.actions();
    all.addAll(last);
    return this;
  }

  /** The request that goes out now is answered with a full lease. */
  Played answer(boolean started) {
    return on(new Event.Renewed(now, started, TTL, false));
  }

  Played after(Duration time) {
    now = now.plus(time);
    return on(new Event.Tick());
  }

  /** Lets time pass without a tick. */
  Played asleep(Duration time) {
    now = now.plus(time);
    return this;
  }

  Played resumed(boolean found) {
    var step = keeping.resumed(found, now);
    keeping = step.next();
    last = step.actions();
    all.addAll(last);
    return this;
  }

  List<Action> last() {
    return last;
  }

  List<Action> all() {
    return all;
  }

  Stage stage() {
    return keeping.stage();
  }

  LeaseKeeping keeping() {
    return keeping;
  }

  Duration now() {
    return now;
  }
}
