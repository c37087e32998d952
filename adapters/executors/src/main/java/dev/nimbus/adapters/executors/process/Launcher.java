package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.job.NetworkAccess;
import java.util.List;

/** Knows the command that makes a sandbox with one of the tools. Builds lists, runs nothing. */
sealed interface Launcher permits BubblewrapLauncher, UnshareLauncher {
  LauncherKind kind();

  /** The programs it needs. */
  List<String> tools();

  /** Whether it can bound folders in memory. */
  boolean sizes();

  /** Whether jobs it starts run under the seccomp filter. */
  boolean filters();

  /**
   * The command. It runs as the agent's user, with the job's script on its input, and ends as the
   * shell that reads it, with all privileges gone.
   */
  List<String> command(Plan plan);

  /**
   * What is particular to one sandbox.
   *
   * @param uid the user id of the job on the host
   * @param maxProcesses to be enforced by a resource limit, for want of a control group; zero when
   *     a control group does
   */
  record Plan(SandboxFiles files, View view, NetworkAccess network, int uid, int maxProcesses) {}
}
