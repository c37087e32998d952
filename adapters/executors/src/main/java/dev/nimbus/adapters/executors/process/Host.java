package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.command.CommandRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What this machine is like, looked at once.
 *
 * @param uid the user the agent runs as
 * @param architecture as the kernel calls it, such as {@code x86_64}
 * @param openFiles how many files a job may have open at most
 * @param setprivFilters whether {@code setpriv} can load a seccomp filter
 * @param bubblewrapSizes whether {@code bwrap} can bound folders in memory
 * @param systemFolders folders of the host a job sees; links among the configured paths are not
 *     here but in {@code systemLinks}
 * @param hiddenFolders folders below those a job sees empty
 * @param procEntries the names in {@code /proc}
 * @param resolvers the file with the name servers, when it lies outside the system folders
 */
record Host(
    int uid,
    String architecture,
    long openFiles,
    Tools tools,
    boolean setprivFilters,
    boolean bubblewrapSizes,
    MountTable mounts,
    List<Path> systemFolders,
    List<Path> systemLinks,
    List<Path> hiddenFolders,
    Set<String> procEntries,
    List<Path> resolvers) {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PLAIN_UID = 1_000;
  private static final long MOST_OPEN_FILES = 65_536;

  static Host look(ProcessExecutorConfig config, CommandRunner commands)
      throws InterruptedException {
    var tools = Tools.find();
    var folders = config.systemPaths().stream().filter(Host::realFolder).toList();
    var hidden =
        Stream.concat(config.hiddenPaths().stream(), Stream.of(config.home()))
            .filter(Host::realFolder)
            .filter(path -> folders.stream().anyMatch(path::startsWith))
            .toList();
    return new Host(
        owner(Path.of("/proc/self")),
        architecture(System.getProperty("os.arch")),
        openFiles(KernelFile.read(Path.of("/proc/self/limits")).orElse("")),
        tools,
        offers(tools, "setpriv", "--seccomp-filter", commands),
        offers(tools, "bwrap", "--size ", commands),
        MountTable.read(),
        folders,
        config.systemPaths().stream().filter(Files::isSymbolicLink).toList(),
        hidden,
        names(new File("/proc")),
        resolvers(folders));
  }

  /** The same machine for an agent that is not root. */
  Host forUser(int user) {
    return new Host(
        user,
        architecture,
        openFiles,
        tools,
        setprivFilters,
        bubblewrapSizes,
        mounts,
        systemFolders,
        systemLinks,
        hiddenFolders,
        procEntries,
        resolvers);
  }

  boolean root() {
    return uid == 0;
  }

  /** The user id a job has for itself, given the one it has on the host. */
  int insideUid(int hostUid) {
    return root() ? hostUid : PLAIN_UID;
  }

  Optional<Path> resolver() {
    return resolvers.stream().findFirst();
  }

  /** The hard limit in the table of limits, within reason. */
  static long openFiles(String limits) {
    return limits
        .lines()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.split(" +", -1)[4])
        .filter(word -> word.chars().allMatch(Character::isDigit))
        .mapToLong(Long::parseLong)
        .map(limit -> Math.min(limit, MOST_OPEN_FILES))
        .findFirst()
        .orElse(MOST_OPEN_FILES);
  }

  private static boolean offers(Tools tools, String program, String option, CommandRunner commands)
      throws InterruptedException {
    return tools.has(program)
        && commands.run(List.of(tools.path(program), "--help"), PATIENCE).output().contains(option);
  }

  private static boolean realFolder(Path path) {
    return Files.isDirectory(path) && !Files.isSymbolicLink(path);
  }

  private static int owner(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:uid");
    } catch (IOException e) {
      throw new NimbusException(Kind.UNAVAILABLE, "Cannot find the user of this process", e);
    }
  }

  private static String architecture(String javaName) {
    return javaName.equals("amd64") ? "x86_64" : javaName;
  }

  private static Set<String> names(File folder) {
    var names = folder.list();
    return names == null ? Set.of() : new TreeSet<>(List.of(names));
  }

  private static List<Path> resolvers(List<Path> folders) {
    try {
      var real = RESOLV_CONF.toRealPath();
      return folders.stream().anyMatch(real::startsWith) ? List.of() : List.of(real);
    } catch (IOException e) {
      return List.of();
    }
  }
}
