package dev.nimbus.core.executor;

import dev.nimbus.core.id.SandboxId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs jobs on this host, each in its own sandbox: a microVM, a container or a plain process. A
 * sandbox outlives the agent that started it; {@link #adopt} finds it again. Thread-safe.
 */
public interface Executor {
  /** The word for this kind of sandbox, such as {@code process}; also a label of the host. */
  String name();

  /** Whether this host can run jobs at all, and what it lacks. May start a sandbox to find out. */
  Probe probe();

  /** Starts a sandbox. On failure nothing is left behind. */
  Sandbox start(SandboxSpec spec);

  /** Every sandbox of ours on this host, running or ended, that has not been closed. */
  List<SandboxId> found();

  /**
   * Takes charge of a sandbox an earlier life of this agent started; empty when it is gone. Also of
   * one whose start is still under way: closing it makes that start fail, or at last give a sandbox
   * that is to be closed again.
   */
  Optional<Sandbox> adopt(SandboxId id);

  /**
   * Destroys everything on this host that is marked as ours and belongs to none of the sandboxes to
   * keep: processes, mounts, cgroups, files. Sandboxes this life started are no exception, so name
   * those that run. Returns what it removed, one line each.
   */
  List<String> sweep(List<SandboxId> keep);

  /** A sandbox. Safe to close from any thread, any number of times, in any state. */
  interface Sandbox extends AutoCloseable {
    SandboxId id();

    /**
     * What the job prints, standard output and error in the order written, from a byte offset on.
     * Reads block until there is more, and end when the sandbox has ended and all is read. May be
     * opened again at any offset until the sandbox is closed.
     */
    InputStream console(long fromByte) throws IOException;

    /**
     * Waits for the end. Once the first process of the job has ended, everything it left running is
     * killed before this returns.
     */
    Exit await() throws InterruptedException;

    /**
     * Asks politely, then kills everything in the sandbox after the grace. Returns at once. May be
     * repeated: the shortest grace counts, and none at all kills without asking.
     */
    void stop(Duration grace);

    /** What the job used so far, or altogether once it ended. */
    Usage usage();

    /** Frees every host resource, killing first if needed; the console is gone afterwards. */
    @Override
    void close();
  }
}
