package dev.nimbus.e2e.simulation;

import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.id.SandboxId;
import java.time.Duration;

/**
 * The processes of one job on one host, outliving the agent that started them. Times are points on
 * the monotonic clock of the machine.
 */
final class SimulatedSandbox {
  /** How far it is. */
  sealed interface State {
    record Starting() implements State {}

    record Alive(Duration since) implements State {}

    record Ended(Exit exit, Duration ran, boolean byItself) implements State {}
  }

  private final SandboxId id;
  private State state = new State.Starting();
  private Duration mayLiveUntil;
  private boolean unattended;

  SimulatedSandbox(SandboxId id, Duration mayLiveUntil) {
    this.id = id;
    this.mayLiveUntil = mayLiveUntil;
  }

  SandboxId id() {
    return id;
  }

  State state() {
    return state;
  }

  boolean alive() {
    return state instanceof State.Alive;
  }

  void up(Duration now) {
    state = new State.Alive(now);
  }

  void end(Exit exit, Duration now, boolean byItself) {
    var ran = state instanceof State.Alive(var since) ? now.minus(since) : Duration.ZERO;
    state = new State.Ended(exit, ran, byItself);
  }

  /** Until when nobody else can hold the job, as far as its host was told. */
  Duration mayLiveUntil() {
    return mayLiveUntil;
  }

  void mayLiveUntil(Duration time) {
    mayLiveUntil = time.compareTo(mayLiveUntil) > 0 ? time : mayLiveUntil;
  }

  /** Whether there was a time when no agent could have killed it. */
  boolean unattended() {
    return unattended;
  }

  void leaveAlone() {
    unattended = true;
  }
}
