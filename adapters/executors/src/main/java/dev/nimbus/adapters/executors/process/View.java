package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything a job sees, in the order it is mounted. What is not named is not there: other
 * sandboxes, the homes of people, the agent's own folder, {@code /run}, {@code /sys}.
 */
record View(List<Mount> mounts) {
  /** The name of the user a job runs as. */
  static final String USER = "nimbus";

  static final Path WORKSPACE = Path.of("/workspace");

  /** Also seen as {@code /var/tmp}, by a link in the skeleton. */
  private static final Path TEMPORARY = Path.of("/tmp");

  private static final Path PROC = Path.of("/proc");
  private static final List<String> BLANK =
      List.of(
          "kcore", "keys", "kmsg", "latency_stats", "sched_debug", "sysrq-trigger", "timer_list");
  private static final List<String> EMPTY = List.of("acpi", "asound", "scsi");
  private static final List<String> FROZEN = List.of("bus", "fs", "irq", "sys");

  View {
    mounts = List.copyOf(mounts);
  }

  /**
   * @param temporaryBytes what temporary files and shared memory may each take of memory; zero for
   *     temporary files on the disk, and as much shared memory as the kernel gives
   */
  static View of(Host host, SandboxFiles files, long temporaryBytes) {
    var mounts = new ArrayList<Mount>();
    host.systemFolders().forEach(path -> mounts.add(system(host, path)));
    host.hiddenFolders().forEach(path -> mounts.add(new Mount.Empty(path)));
    mounts.add(new Mount.ReadOnly(files.passwd(), Path.of("/etc/passwd")));
    mounts.add(new Mount.ReadOnly(files.group(), Path.of("/etc/group")));
    host.resolver().ifPresent(path -> mounts.add(new Mount.ReadOnly(path, path)));
    mounts.add(new Mount.Processes(PROC));
    proc(host, BLANK).forEach(path -> mounts.add(new Mount.Blank(path)));
    proc(host, EMPTY).forEach(path -> mounts.add(new Mount.Empty(path)));
    proc(host, FROZEN).forEach(path -> mounts.add(new Mount.Frozen(path)));
    mounts.add(new Mount.Devices(Path.of("/dev"), temporaryBytes));
    mounts.add(new Mount.Writable(files.workspace(), WORKSPACE));
    mounts.add(
        temporaryBytes > 0
            ? new Mount.Memory(TEMPORARY, temporaryBytes)
            : new Mount.Writable(files.temporary(), TEMPORARY));
    return new View(mounts);
  }

  /** The same, and then this. */
  View with(List<Mount> more) {
    return new View(Stream.concat(mounts.stream(), more.stream()).toList());
  }

  /** The users and groups a job knows: root, nobody and itself. */
  static String passwd(int uid) {
    return """
        root:x:0:0:root:/root:/bin/sh
        %s:x:%d:%d::%s:/bin/sh
        nobody:x:65534:65534:nobody:/nonexistent:/bin/false
        """
        .formatted(USER, uid, uid, WORKSPACE);
  }

  static String group(int gid) {
    return "root:x:0:\n%s:x:%d:\nnogroup:x:65534:\n".formatted(USER, gid);
  }

  private static Mount system(Host host, Path path) {
    return new Mount.HostFolder(path, host.mounts().below(path));
  }

  private static Stream<Path> proc(Host host, List<String> names) {
    return names.stream().filter(host.procEntries()::contains).map(PROC::resolve);
  }
}
