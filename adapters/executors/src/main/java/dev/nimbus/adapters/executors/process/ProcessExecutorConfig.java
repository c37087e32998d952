package dev.nimbus.adapters.executors.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the process executor works on this host.
 *
 * @param home folder of the agent; sandboxes live in {@code sandboxes/} below it
 * @param firstUid first of the user ids given to sandboxes when the agent is root
 * @param uidCount how many there are, which bounds the sandboxes at a time
 * @param launchers those that may be used, the preferred one first
 * @param systemPaths folders of the host a job sees, read-only
 * @param hiddenPaths folders below those a job sees empty
 */
public record ProcessExecutorConfig(
    Path home,
    int firstUid,
    int uidCount,
    List<LauncherKind> launchers,
    List<Path> systemPaths,
    List<Path> hiddenPaths) {
  private static final int FIRST_UID = 2_000_000;
  private static final int LAST_UID_OF_USTAR = 2_097_151;
  private static final int UID_COUNT = 4_096;

  public ProcessExecutorConfig {
    home = home.toAbsolutePath().normalize();
    launchers = List.copyOf(launchers);
    systemPaths = List.copyOf(systemPaths);
    hiddenPaths = List.copyOf(hiddenPaths);
    if (launchers.isEmpty()) {
      throw new IllegalArgumentException("At least one launcher must be allowed");
    }
    if (firstUid < 1_000 || uidCount < 1 || firstUid + uidCount - 1 > LAST_UID_OF_USTAR) {
      throw new IllegalArgumentException(
          "User ids for sandboxes must lie between 1000 and "
              + LAST_UID_OF_USTAR
              + " (archives cannot hold more): first "
              + firstUid
              + ", count "
              + uidCount);
    }
  }

  /** The usual configuration for an agent with this home. */
  public static ProcessExecutorConfig at(Path home) {
    return new ProcessExecutorConfig(
        home,
        FIRST_UID,
        UID_COUNT,
        List.of(LauncherKind.BUBBLEWRAP, LauncherKind.UNSHARE),
        paths("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt"),
        paths("/etc/nimbus"));
  }

  /** The same with only these launchers. */
  public ProcessExecutorConfig with(LauncherKind... allowed) {
    return new ProcessExecutorConfig(
        home, firstUid, uidCount, List.of(allowed), systemPaths, hiddenPaths);
  }

  private static List<Path> paths(String... names) {
    return Stream.of(names).map(Path::of).toList();
  }
}
