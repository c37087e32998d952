package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.DiskLimits;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.JobSpec;
import dev.nimbus.core.job.NetworkAccess;
import dev.nimbus.core.job.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides once which launcher to use: the preferred one that is there, unless a trial shows that it
 * does not work on this host and another is at hand.
 */
final class Choice {
  /** The job that trial sandboxes pretend to be. */
  static final JobId TRIAL = new JobId("nimbus-trial");

  private static final Logger LOG = LoggerFactory.getLogger(Choice.class);

  /** A trial takes milliseconds; one that hangs must not keep everything else from starting. */
  static final Duration TRIAL_TIME = Duration.ofSeconds(10);

  private static final int TRIAL_PROCESSES = 16;
  private static final DiskLimits TRIAL_DISK = new DiskLimits(0, 8 << 20);
  private static final long TRIAL_CONSOLE_BYTES = 64 * 1024;

  private final Launchers launchers;
  private final Sandboxes sandboxes;
  private final AtomicLong trials = new AtomicLong(ProcessHandle.current().pid() << 20);
  private final ReentrantLock choosing = new ReentrantLock();
  private @Nullable Launcher chosen;

  Choice(Launchers launchers, Sandboxes sandboxes) {
    this.launchers = launchers;
    this.sandboxes = sandboxes;
  }

  Launcher launcher() {
    choosing.lock();
    try {
      var known = chosen;
      if (known == null) {
        known = choose();
        chosen = known;
      }
      return known;
    } finally {
      choosing.unlock();
    }
  }

  /** The specification of a sandbox that tries something out. */
  SandboxSpec trial(List<String> command, Size limits, NetworkAccess network) {
    var job = new JobSpec(command, Map.of(), JobSpec.HOST_IMAGE, TRIAL_TIME, network);
    var id = new SandboxId(TRIAL, new Fence(trials.incrementAndGet()));
    return new SandboxSpec(id, job, limits, TRIAL_DISK, TRIAL_PROCESSES, TRIAL_CONSOLE_BYTES);
  }

  private Launcher choose() {
    var usable = launchers.usable();
    if (usable.isEmpty()) {
      throw new NimbusException(
          Kind.UNAVAILABLE,
          "Cannot start sandboxes on this host: it lacks the programs of every launcher allowed ("
              + launchers.allowed()
              + ")");
    }
    for (var launcher : usable.subList(0, usable.size() - 1)) {
      if (works(launcher)) {
        return launcher;
      }
      LOG.warn("A launcher of sandboxes is here but does not work launcher={}", launcher.kind());
    }
    return usable.getLast();
  }

  private boolean works(Launcher launcher) {
    var spec = trial(List.of("true"), Size.NONE, NetworkAccess.NONE);
    try (var sandbox = sandboxes.start(spec, launcher)) {
      return sandbox.awaitOrKill(TRIAL_TIME).equals(new Exit.Exited(0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
