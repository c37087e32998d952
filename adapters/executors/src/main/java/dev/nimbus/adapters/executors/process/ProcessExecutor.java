package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Executor;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.service.command.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs as processes of this host, each in namespaces, control groups and a user of its own.
 * The isolation is the kernel's, set up by {@code bwrap} or by util-linux; {@link #probe} starts a
 * sandbox to see what of it works here. Made for Linux; as root every sandbox gets a user of its
 * own, as anyone else they all share the agent's.
 */
public final class ProcessExecutor implements Executor {
  private final Sandboxes sandboxes;
  private final Sweep sweep;
  private final ProcessProbe prober;
  private final ReentrantLock probing = new ReentrantLock();
  private @Nullable Probe probed;

  private ProcessExecutor(Sandboxes sandboxes, Sweep sweep, ProcessProbe prober) {
    this.sandboxes = sandboxes;
    this.sweep = sweep;
    this.prober = prober;
  }

  /** Prepares the folders and control groups of the executor; starts no sandbox. */
  public static ProcessExecutor open(ProcessExecutorConfig config) {
    try {
      var commands = CommandRunner.system();
      return open(config, Host.look(config, commands), commands);
    } catch (IOException e) {
      throw refused(config, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(config, e);
    }
  }

  static ProcessExecutor open(ProcessExecutorConfig config, Host host, CommandRunner commands)
      throws IOException {
    var home = Home.prepare(config.home(), host);
    var earlier = GroupFolders.known(home.groups());
    var groups = Groups.open(OwnGroup.read(host.mounts()), home.mark(), earlier);
    GroupFolders.remember(home.groups(), groups.folders());
    var uids = new Uids(config.firstUid(), config.uidCount(), home.mark().hashCode());
    var launchers = new Launchers(host, home, config.launchers());
    var removal = new Removal(host.tools(), commands);
    var sandboxes = new Sandboxes(host, home, groups, uids, launchers, removal);
    var prober = new ProcessProbe(host, home, sandboxes);
    return new ProcessExecutor(sandboxes, new Sweep(home, removal), prober);
  }

  @Override
  public String name() {
    return "process";
  }

  /** Looks once and remembers. */
  @Override
  public Probe probe() {
    probing.lock();
    try {
      var known = probed;
      if (known == null) {
        known = prober.probe();
        probed = known;
      }
      return known;
    } finally {
      probing.unlock();
    }
  }

  @Override
  public Sandbox start(SandboxSpec spec) {
    return sandboxes.start(spec);
  }

  @Override
  public List<SandboxId> found() {
    return sandboxes.found();
  }

  @Override
  public Optional<Sandbox> adopt(SandboxId id) {
    return sandboxes.adopt(id).map(sandbox -> sandbox);
  }

  @Override
  public List<String> sweep(List<SandboxId> keep) {
    return sweep.run(keep, sandboxes);
  }

  /** The folders below which control groups of sandboxes are made, for whoever shows them. */
  public List<Path> controlGroups() {
    return sandboxes.groups().folders();
  }

  private static NimbusException refused(ProcessExecutorConfig config, Exception cause) {
    return new NimbusException(
        Kind.UNAVAILABLE,
        "Cannot prepare the process executor in '" + config.home() + "': " + cause.getMessage(),
        cause);
  }
}
