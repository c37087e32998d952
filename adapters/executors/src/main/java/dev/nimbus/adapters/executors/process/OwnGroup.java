package dev.nimbus.adapters.executors.process;

import dev.nimbus.adapters.executors.process.MountTable.MountPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The control group this process is in, in one hierarchy. Ours are made below it, so that whatever
 * limits the agent limits its jobs.
 *
 * @param unified whether it is the version 2 hierarchy
 * @param controllers what can be limited there; for version 2 that is for the kernel to say
 * @param folder the group
 */
record OwnGroup(boolean unified, Set<String> controllers, Path folder) {
  private static final int FIELDS = 3;

  OwnGroup {
    controllers = Set.copyOf(controllers);
  }

  static List<OwnGroup> read(MountTable mounts) {
    return parse(KernelFile.read(Path.of("/proc/self/cgroup")).orElse(""), mounts);
  }

  /** Joins the lines of {@code /proc/self/cgroup} with where the hierarchies are mounted. */
  static List<OwnGroup> parse(String cgroup, MountTable mounts) {
    return cgroup
        .lines()
        .map(line -> line.split(":", FIELDS))
        .filter(fields -> fields.length == FIELDS)
        .flatMap(fields -> group(fields, mounts).stream())
        .toList();
  }

  private static Optional<OwnGroup> group(String[] fields, MountTable mounts) {
    var unified = fields[1].isEmpty();
    var controllers = unified ? Set.<String>of() : Set.of(fields[1].split(",", -1));
    return mounts.points().stream()
        .filter(point -> unified ? point.type().equals("cgroup2") : carries(point, controllers))
        .flatMap(point -> folder(point, fields[2]))
        .findFirst()
        .map(folder -> new OwnGroup(unified, controllers, folder));
  }

  private static boolean carries(MountPoint point, Set<String> controllers) {
    return point.type().equals("cgroup") && point.superOptions().containsAll(controllers);
  }

  /** Where a group is seen, given that a mount may show only part of a hierarchy. */
  private static Stream<Path> folder(MountPoint point, String group) {
    var root = Path.of(point.root());
    var path = Path.of(group);
    if (!path.startsWith(root)) {
      return Stream.empty();
    }
    return Stream.of(point.target().resolve(root.relativize(path)).normalize());
  }
}
