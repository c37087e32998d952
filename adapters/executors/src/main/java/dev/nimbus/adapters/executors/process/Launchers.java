package dev.nimbus.adapters.executors.process;

import java.util.List;

/** The launchers that are allowed and whose programs are here, the preferred one first. */
record Launchers(Host host, Home home, List<LauncherKind> allowed) {
  /** What a sandbox needs whoever launches it. */
  static final List<String> ALWAYS =
      List.of("cat", "chmod", "chown", "du", "env", "head", "rm", "setsid", "sh", "stdbuf");

  Launchers {
    allowed = List.copyOf(allowed);
  }

  List<Launcher> all() {
    return allowed.stream().map(this::launcher).toList();
  }

  List<Launcher> usable() {
    return all().stream()
        .filter(launcher -> host.tools().missing(launcher.tools()).isEmpty())
        .toList();
  }

  private Launcher launcher(LauncherKind kind) {
    var known = Syscalls.of(host.architecture()).isPresent();
    return switch (kind) {
      case BUBBLEWRAP -> new BubblewrapLauncher(host, home, known, host.bubblewrapSizes());
      case UNSHARE -> new UnshareLauncher(host, home, known && host.setprivFilters());
    };
  }
}
