package dev.nimbus.core.forge;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.id.RunnerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One configured account on a forge: it announces jobs and accepts runners. Calls but {@link
 * #parse} block, and wait for the forge's budget. Failures are {@code UNAVAILABLE} when trying
 * again may help, {@code DENIED} when a person must change something. Thread-safe.
 */
public interface Forge {
  ForgeKind kind();

  /**
   * Says what a delivery means. Pure: checks the signature in constant time, does no I/O, keeps no
   * state. Replays are the caller's business, by {@link Heard#deliveryId}.
   */
  Heard parse(Delivery delivery);

  /** The jobs the forge says are waiting now, of one repository or of all. */
  List<ForgeJob> waiting(Optional<Repository> repository);

  /** What the forge says of one job now; empty when it knows none. */
  Optional<Event> ask(ForgeJobKey job, Repository repository);

  /** Registers a runner good for one job. Calling again with the same name replaces its secret. */
  Registered register(RunnerSpec spec);

  /** Forgets a runner. One the forge no longer knows is gone; one that runs a job stays. */
  Retired unregister(RunnerName name, Repository repository);

  /** Every runner the forge knows whose name says that it is ours. */
  List<ForgeRunner> runners();

  /** Makes a few harmless calls and says what is missing. Answers even when nothing works. */
  List<Finding> check();

  /** Tells the forge that a job will not be served, and why; false where a forge has no way. */
  boolean giveUp(ForgeJob job, String why);

  /** What became of a registration. */
  sealed interface Registered {
    record Ready(String runnerId, RunnerLaunch launch) implements Registered {}

    /** The forge asks to be left alone until then. */
    record Later(Instant notBefore, String why) implements Registered {}

    /** Will not work until a person changes something. */
    record Refused(String why) implements Registered {}
  }

  /** What became of a runner. */
  enum Retired {
    GONE,
    BUSY
  }
}
