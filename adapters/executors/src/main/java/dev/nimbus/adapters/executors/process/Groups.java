package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The control groups this host lets us make, over all hierarchies. The groups above those of the
 * sandboxes are there only while a sandbox is.
 */
final class Groups {
  private final List<GroupParent> parents;
  private final List<Path> earlier;
  private final ReentrantLock changing = new ReentrantLock();

  private Groups(List<GroupParent> parents, List<Path> earlier) {
    this.parents = List.copyOf(parents);
    this.earlier = List.copyOf(earlier);
  }

  /**
   * Finds out what can be made here, and leaves nothing.
   *
   * @param earlier where an earlier life made groups
   */
  static Groups open(List<OwnGroup> own, String mark, List<Path> earlier) {
    var parents =
        own.stream().flatMap(group -> GroupParent.make(group, "nimbus-" + mark).stream()).toList();
    var groups = new Groups(parents, earlier);
    groups.removeEmpty();
    return groups;
  }

  /** What can be limited. */
  Set<String> controllers() {
    return parents.stream()
        .flatMap(parent -> parent.controllers().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  List<Path> folders() {
    return parents.stream().map(GroupParent::folder).toList();
  }

  /** Removes the groups above those of the sandboxes that have none any more. */
  void removeEmpty() {
    changing.lock();
    try {
      new SandboxGroups(folders()).remove();
      new SandboxGroups(earlier).remove();
    } finally {
      changing.unlock();
    }
  }

  /** Makes the groups of one sandbox with its limits. On failure none is left. */
  SandboxGroups create(SandboxSpec spec) throws IOException {
    var made = new ArrayList<Path>();
    changing.lock();
    try {
      for (var parent : parents) {
        parent.ensure();
        made.add(Files.createDirectory(parent.folder().resolve(spec.id().name())));
        limit(parent, made.getLast(), spec);
      }
      return new SandboxGroups(made);
    } catch (IOException e) {
      new SandboxGroups(made).remove();
      throw e;
    } finally {
      changing.unlock();
    }
  }

  private static void limit(GroupParent parent, Path group, SandboxSpec spec) throws IOException {
    var settings =
        parent.unified()
            ? GroupSettings.version2(spec.limits(), spec.maxProcesses())
            : GroupSettings.version1(spec.limits(), spec.maxProcesses());
    for (var setting : settings) {
      var file = group.resolve(setting.file());
      if (parent.controllers().contains(setting.controller())
          && (setting.needed() || Files.exists(file))) {
        KernelFile.write(file, setting.value());
      }
    }
  }
}
