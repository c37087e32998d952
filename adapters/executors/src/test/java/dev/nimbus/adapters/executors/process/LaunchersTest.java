package dev.nimbus.adapters.executors.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.job.NetworkAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LaunchersTest {
  private static final Home HOME = new Home(Path.of("/home dir/n"));
  private static final SandboxFiles FILES = new SandboxFiles(Path.of("/home dir/n/sandboxes/j.1"));

  @Test
  void rootUnsharesAndBecomesTheUserOfTheSandbox() {
    var launcher = new UnshareLauncher(host(0), HOME, false);
    assertThat(launcher.command(plan(host(0), NetworkAccess.NONE, 0)))
        .containsExactly(
            "/bin/unshare",
            "--mount",
            "--pid",
            "--ipc",
            "--uts",
            "--cgroup",
            "--net",
            "--fork",
            "--kill-child",
            "--propagation",
            "private",
            "--",
            "/bin/sh",
            "/home dir/n/launch/setup.sh",
            "/home dir/n/skeleton",
            "/home dir/n/sandboxes/j.1/fstab",
            "/home dir/n/launch/sysfs",
            "/bin/setpriv",
            "--reuid=2000007",
            "--regid=2000007",
            "--clear-groups",
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--ambient-caps=-all",
            "--no-new-privs",
            "--pdeathsig=KILL",
            "--",
            "/bin/sh",
            "-s");
  }

  @Test
  void anOrdinaryUserUnsharesInsideAUserNamespaceAndAgain() {
    var launcher = new UnshareLauncher(host(1000), HOME, true);
    assertThat(launcher.command(plan(host(1000), NetworkAccess.HOST, 9)))
        .containsExactly(
            "/bin/unshare",
            "--user",
            "--map-root-user",
            "--",
            "/bin/unshare",
            "--mount",
            "--pid",
            "--ipc",
            "--uts",
            "--cgroup",
            "--fork",
            "--kill-child",
            "--propagation",
            "private",
            "--",
            "/bin/setsid",
            "/bin/sh",
            "/home dir/n/launch/setup.sh",
            "/home dir/n/skeleton",
            "/home dir/n/sandboxes/j.1/fstab",
            "-",
            "/bin/prlimit",
            "--nproc=9",
            "--",
            "/bin/unshare",
            "--map-user=1000",
            "--map-group=1000",
            "--keep-caps",
            "--",
            "/bin/setpriv",
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--ambient-caps=-all",
            "--no-new-privs",
            "--pdeathsig=KILL",
            "--seccomp-filter=/.seccomp",
            "--",
            "/bin/sh",
            "-s");
  }

  @Test
  void bubblewrapGetsTheSameViewAsOptions() {
    var launcher = new BubblewrapLauncher(host(0), HOME, true, true);
    var view =
        new View(
            List.of(
                new Mount.HostFolder(Path.of("/usr"), List.of()),
                new Mount.Empty(Path.of("/etc/nimbus")),
                new Mount.Blank(Path.of("/proc/keys")),
                new Mount.Writable(FILES.workspace(), View.WORKSPACE)));
    var plan = new Launcher.Plan(FILES, view, NetworkAccess.NONE, 2_000_007, 0);
    assertThat(launcher.command(plan))
        .containsExactly(
            "/bin/bwrap",
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--hostname",
            "localhost",
            "--unshare-net",
            "--as-pid-1",
            "--die-with-parent",
            "--cap-drop",
            "ALL",
            "--cap-add",
            "CAP_SETUID",
            "--cap-add",
            "CAP_SETGID",
            "--cap-add",
            "CAP_SETPCAP",
            "--ro-bind",
            "/home dir/n/skeleton",
            "/",
            "--ro-bind",
            "/usr",
            "/usr",
            "--tmpfs",
            "/etc/nimbus",
            "--remount-ro",
            "/etc/nimbus",
            "--dev-bind",
            "/dev/null",
            "/proc/keys",
            "--bind",
            "/home dir/n/sandboxes/j.1/workspace",
            "/workspace",
            "--seccomp",
            "8",
            "--chdir",
            "/",
            "--",
            "/bin/setpriv",
            "--reuid=2000007",
            "--regid=2000007",
            "--clear-groups",
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--ambient-caps=-all",
            "--no-new-privs",
            "--pdeathsig=KILL",
            "--",
            "/bin/sh",
            "-s");
  }

  @Test
  void aViewBecomesOneTableOfFileSystems() {
    var view =
        new View(
            List.of(
                new Mount.HostFolder(Path.of("/etc"), List.of(Path.of("/etc/hosts"))),
                new Mount.Frozen(Path.of("/proc/sys")),
                new Mount.Writable(FILES.workspace(), View.WORKSPACE)));
    assertThat(Fstab.text(view, Path.of("/a b")))
        .isEqualTo(
            """
            /a\\040b /a\\040b none bind,ro,nosuid,nodev 0 0
            /etc /a\\040b/etc none rbind,ro,nosuid,nodev 0 0
            /etc/hosts /a\\040b/etc/hosts none bind,ro,nosuid,nodev 0 0
            /a\\040b/proc/sys /a\\040b/proc/sys none bind,ro,nosuid,nodev,noexec 0 0
            /home\\040dir/n/sandboxes/j.1/workspace /a\\040b/workspace none bind,nosuid,nodev 0 0
            """);
  }

  @Test
  void foldersInMemoryHaveTheirSize() {
    var view =
        new View(
            List.of(
                new Mount.Memory(Path.of("/tmp"), 4_096),
                new Mount.Devices(Path.of("/dev"), 8_192)));
    var plan = new Launcher.Plan(FILES, view, NetworkAccess.NONE, 2_000_007, 0);

    assertThat(new BubblewrapLauncher(host(0), HOME, true, true).command(plan))
        .containsSubsequence("--perms", "1777", "--size", "4096", "--tmpfs", "/tmp")
        .containsSubsequence("--perms", "1777", "--size", "8192", "--tmpfs", "/dev/shm");
    assertThat(Fstab.text(view, Path.of("/r")))
        .contains("tmpfs /r/tmp tmpfs mode=1777,size=4096,nosuid,nodev 0 0\n")
        .contains("tmpfs /r/dev/shm tmpfs mode=1777,size=8192,nosuid,nodev 0 0\n");
  }

  @Test
  void temporaryFilesAreOnTheDiskWhereNoSizeIsGiven() {
    assertThat(View.of(host(0), FILES, 0).mounts())
        .contains(new Mount.Writable(FILES.temporary(), Path.of("/tmp")))
        .contains(new Mount.Devices(Path.of("/dev"), 0));
  }

  @Test
  void aLauncherWhoseProgramsAreMissingIsNotUsable() {
    var bare = new Launchers(host(0), HOME, List.of(LauncherKind.values()));
    assertThat(bare.usable()).hasSize(2);
    var poor = new TreeMap<>(tools().found());
    poor.remove("bwrap");
    var host = host(0, new Tools(poor));
    assertThat(new Launchers(host, HOME, List.of(LauncherKind.values())).usable())
        .extracting(Launcher::kind)
        .containsExactly(LauncherKind.UNSHARE);
  }

  private static Launcher.Plan plan(Host host, NetworkAccess network, int maxProcesses) {
    return new Launcher.Plan(FILES, View.of(host, FILES, 0), network, 2_000_007, maxProcesses);
  }

  private static Host host(int uid) {
    return host(uid, tools());
  }

  private static Host host(int uid, Tools tools) {
    return new Host(
        uid,
        "x86_64",
        1024,
        tools,
        false,
        true,
        new MountTable(List.of()),
        List.of(),
        List.of(),
        List.of(),
        Set.of("keys", "sys"),
        List.of());
  }

  private static Tools tools() {
    var found = new TreeMap<String, Path>();
    List.of(
            "bwrap",
            "mount",
            "pivot_root",
            "prlimit",
            "setpriv",
            "setsid",
            "sh",
            "umount",
            "unshare")
        .forEach(name -> found.put(name, Path.of("/bin", name)));
    return new Tools(Map.copyOf(found));
  }
}
