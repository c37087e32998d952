package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.job.NetworkAccess;
import java.util.ArrayList;
import java.util.List;

/** Makes sandboxes with util-linux: {@code unshare}, {@code mount}, {@code setpriv}. */
record UnshareLauncher(Host host, Home home, boolean filters) implements Launcher {
  @Override
  public LauncherKind kind() {
    return LauncherKind.UNSHARE;
  }

  @Override
  public boolean sizes() {
    return true;
  }

  @Override
  public List<String> tools() {
    return List.of("unshare", "mount", "umount", "pivot_root", "setpriv", "setsid");
  }

  @Override
  public List<String> command(Plan plan) {
    var words = new ArrayList<String>();
    words.add(host.tools().path("unshare"));
    if (!host.root()) {
      words.addAll(userNamespace());
    }
    words.addAll(List.of("--mount", "--pid", "--ipc", "--uts", "--cgroup"));
    if (plan.network() == NetworkAccess.NONE) {
      words.add("--net");
    }
    words.addAll(List.of("--fork", "--kill-child", "--propagation", "private", "--"));
    if (!host.root()) {
      words.add(host.tools().path("setsid"));
    }
    words.addAll(setup(plan));
    words.addAll(
        host.root()
            ? Privileges.dropRoot(host, plan, filters)
            : Privileges.dropNestedRoot(host, plan, filters));
    return List.copyOf(words);
  }

  /**
   * A step of its own, for only a network namespace made by a mapped user has a loopback interface
   * that this user may bring up through sysfs.
   */
  private List<String> userNamespace() {
    return List.of("--user", "--map-root-user", "--", host.tools().path("unshare"));
  }

  private List<String> setup(Plan plan) {
    return List.of(
        host.tools().path("sh"),
        home.script("setup.sh").toString(),
        home.skeleton().toString(),
        plan.files().fstab().toString(),
        plan.network() == NetworkAccess.NONE ? home.sysfs().toString() : "-");
  }
}
