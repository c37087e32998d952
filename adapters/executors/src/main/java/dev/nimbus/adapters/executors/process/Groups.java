package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The control groups this host lets us make, over all hierarchies. */
record Groups(List<GroupParent> parents) {
  Groups {
    parents = List.copyOf(parents);
  }

  static Groups open(List<OwnGroup> own, String mark) {
    return new Groups(
        own.stream().flatMap(group -> GroupParent.make(group, "nimbus-" + mark).stream()).toList());
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

  /** Removes the parents that are empty; those with sandboxes in them stay. */
  void remove() {
    new SandboxGroups(folders()).remove();
  }

  /** Makes the groups of one sandbox with its limits. On failure none is left. */
  SandboxGroups create(SandboxSpec spec) throws IOException {
    var made = new ArrayList<Path>();
    try {
      for (var parent : parents) {
        made.add(Files.createDirectory(parent.folder().resolve(spec.id().name())));
        limit(parent, made.getLast(), spec);
      }
      return new SandboxGroups(made);
    } catch (IOException e) {
      new SandboxGroups(made).remove();
      throw e;
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
