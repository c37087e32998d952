package dev.nimbus.adapters.executors.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A control group of ours in one hierarchy, below which every sandbox gets one.
 *
 * @param controllers what can be limited below it
 */
record GroupParent(boolean unified, Set<String> controllers, Path folder) {
  private static final Set<String> WANTED = Set.of("cpu", "cpuacct", "memory", "pids");
  private static final String DELEGATED = "delegate";
  private static final String LEAF = "nimbus-agent";

  GroupParent {
    controllers = Set.copyOf(controllers);
  }

  /** Makes the group; empty where we may not or where it would be of no use. */
  static Optional<GroupParent> make(OwnGroup own, String name) {
    try {
      return own.unified() ? version2(own.folder(), name) : version1(own, name);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Makes the group again where it was removed, for want of sandboxes. */
  void ensure() throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
      if (!controllers.isEmpty() && unified) {
        handDown(folder);
      }
    }
  }

  private static Optional<GroupParent> version1(OwnGroup own, String name) throws IOException {
    var controllers = new TreeSet<>(own.controllers());
    controllers.retainAll(WANTED);
    if (controllers.isEmpty()) {
      return Optional.empty();
    }
    var folder = Files.createDirectories(own.folder().resolve(name));
    return Optional.of(new GroupParent(false, controllers, folder));
  }

  private static Optional<GroupParent> version2(Path own, String name) throws IOException {
    var base = base(own);
    var folder = Files.createDirectories(base.orElse(own).resolve(name));
    if (base.isEmpty()) {
      return Optional.of(new GroupParent(true, Set.of(), folder));
    }
    handDown(folder);
    return Optional.of(new GroupParent(true, handedDown(folder), folder));
  }

  /**
   * The group that can hand controllers down: our own; else the one above, where a service manager
   * put us into a subgroup of what it delegated; else our own after stepping aside into a leaf. A
   * group that hands down may have no processes, so the last is done only when nobody else is in
   * it.
   */
  private static Optional<Path> base(Path own) throws IOException {
    if (controllers(own, "cgroup.controllers").isEmpty()) {
      return Optional.empty();
    }
    var above = own.getParent();
    if (handDown(own)) {
      return Optional.of(own);
    }
    if (above != null && delegated(above) && handDown(above)) {
      return Optional.of(above);
    }
    if (alone(own)) {
      stepAside(own);
    }
    return handDown(own) ? Optional.of(own) : Optional.empty();
  }

  private static boolean alone(Path own) {
    return KernelFile.read(own.resolve("cgroup.procs")).orElse("").strip().equals(ownPid());
  }

  private static void stepAside(Path own) throws IOException {
    var leaf = Files.createDirectories(own.resolve(LEAF));
    KernelFile.write(leaf.resolve("cgroup.procs"), ownPid());
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static boolean delegated(Path group) {
    try {
      var attributes = Files.getFileAttributeView(group, UserDefinedFileAttributeView.class);
      if (attributes == null || !attributes.list().contains(DELEGATED)) {
        return false;
      }
      var value = ByteBuffer.allocate(attributes.size(DELEGATED));
      attributes.read(DELEGATED, value);
      return new String(value.array(), StandardCharsets.UTF_8).equals("1");
    } catch (IOException e) {
      return false;
    }
  }

  /** Hands every controller we want down to the groups below; says whether memory or pids is. */
  private static boolean handDown(Path group) {
    for (var controller : controllers(group, "cgroup.controllers")) {
      try {
        KernelFile.write(group.resolve("cgroup.subtree_control"), "+" + controller);
      } catch (IOException e) {
        return false;
      }
    }
    return !handedDown(group).isEmpty();
  }

  private static Set<String> handedDown(Path group) {
    return controllers(group, "cgroup.subtree_control");
  }

  private static Set<String> controllers(Path group, String file) {
    var words = KernelFile.read(group.resolve(file)).orElse("").strip().split("\\s+", -1);
    return Set.copyOf(Stream.of(words).filter(WANTED::contains).toList());
  }
}
