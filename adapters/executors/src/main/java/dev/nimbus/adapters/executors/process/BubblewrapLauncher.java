package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.job.NetworkAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes sandboxes with bubblewrap, which also loads the seccomp filter.
 *
 * @param sizes whether this bubblewrap can bound folders in memory; old ones cannot
 */
record BubblewrapLauncher(Host host, Home home, boolean filters, boolean sizes)
    implements Launcher {
  /** The descriptor the supervisor opens the filter as. */
  private static final String FILTER_DESCRIPTOR = "8";

  @Override
  public LauncherKind kind() {
    return LauncherKind.BUBBLEWRAP;
  }

  @Override
  public List<String> tools() {
    return List.of("bwrap", "setpriv");
  }

  @Override
  public List<String> command(Plan plan) {
    var words = new ArrayList<String>();
    words.add(host.tools().path("bwrap"));
    words.addAll(namespaces(plan));
    words.addAll(List.of("--ro-bind", home.skeleton().toString(), "/"));
    plan.view().mounts().forEach(mount -> words.addAll(mount(mount)));
    if (filters) {
      words.addAll(List.of("--seccomp", FILTER_DESCRIPTOR));
    }
    words.addAll(List.of("--chdir", "/", "--"));
    words.addAll(
        host.root() ? Privileges.dropRoot(host, plan, false) : Privileges.none(host, plan));
    return List.copyOf(words);
  }

  private List<String> namespaces(Plan plan) {
    var words = new ArrayList<String>();
    words.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts"));
    words.addAll(List.of("--unshare-cgroup-try", "--hostname", "localhost"));
    if (plan.network() == NetworkAccess.NONE) {
      words.add("--unshare-net");
    }
    words.addAll(List.of("--as-pid-1", "--die-with-parent", "--cap-drop", "ALL"));
    if (host.root()) {
      List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
          .forEach(capability -> words.addAll(List.of("--cap-add", capability)));
    } else {
      var uid = Integer.toString(host.insideUid(plan.uid()));
      words.addAll(List.of("--unshare-user", "--uid", uid, "--gid", uid, "--new-session"));
    }
    return words;
  }

  private static List<String> mount(Mount mount) {
    return switch (mount) {
      case Mount.HostFolder(var target, var _) -> pair("--ro-bind", target, target);
      case Mount.ReadOnly(var source, var target) -> pair("--ro-bind", source, target);
      case Mount.Programs(var source, var target) -> pair("--ro-bind", source, target);
      case Mount.Writable(var source, var target) -> pair("--bind", source, target);
      case Mount.Memory(var target, var bytes) -> memory(target, bytes);
      case Mount.Empty(var target) ->
          List.of("--tmpfs", target.toString(), "--remount-ro", target.toString());
      case Mount.Blank(var target) -> pair("--dev-bind", Path.of("/dev/null"), target);
      case Mount.Processes(var target) -> List.of("--proc", target.toString());
      case Mount.Frozen(var target) -> pair("--ro-bind", target, target);
      case Mount.Devices(var target, var sharedBytes) -> devices(target, sharedBytes);
    };
  }

  private static List<String> devices(Path dev, long sharedBytes) {
    var words = new ArrayList<>(List.of("--dev", dev.toString()));
    words.addAll(memory(dev.resolve("shm"), sharedBytes));
    words.addAll(List.of("--remount-ro", dev.toString()));
    return words;
  }

  private static List<String> memory(Path folder, long bytes) {
    var words = new ArrayList<>(List.of("--perms", "1777"));
    if (bytes > 0) {
      words.addAll(List.of("--size", Long.toString(bytes)));
    }
    words.addAll(List.of("--tmpfs", folder.toString()));
    return words;
  }

  private static List<String> pair(String option, Path source, Path target) {
    return List.of(option, source.toString(), target.toString());
  }
}
