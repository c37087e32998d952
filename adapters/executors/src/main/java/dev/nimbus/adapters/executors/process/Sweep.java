package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.id.SandboxId;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys what belongs to no sandbox that is kept. What is ours is told by folders below our home,
 * by control groups in groups we made, and by processes in those groups or marked with our folder;
 * never by a name somebody else could have chosen too.
 */
record Sweep(Home home, Removal removal) {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Exit UNKNOWN = new Exit.Crashed("its sandbox is gone");

  /** Returns what it removed, one line each. */
  List<String> run(List<SandboxId> keep, Sandboxes sandboxes) {
    var kept =
        Stream.concat(keep.stream(), sandboxes.trials().stream())
            .map(SandboxId::name)
            .collect(Collectors.toUnmodifiableSet());
    var removed = new ArrayList<String>();
    try {
      closeSandboxes(kept, sandboxes, removed);
      killStrays(kept, removed);
      removeGroups(kept, removed);
      removeFolders(kept, removed);
      sandboxes.groups().removeEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(removed);
  }

  private static void closeSandboxes(Set<String> kept, Sandboxes sandboxes, List<String> removed) {
    for (var id : sandboxes.found()) {
      if (!kept.contains(id.name())) {
        sandboxes.adopt(id).ifPresent(ProcessSandbox::close);
        removed.add("sandbox " + id);
      }
    }
  }

  /** Processes of sandboxes whose folder is gone, or was never complete. */
  private void killStrays(Set<String> kept, List<String> removed) {
    for (var marked : Processes.marked(home.sandboxes())) {
      if (!kept.contains(marked.name())) {
        Processes.kill(marked.pid());
        removed.add("process " + marked.pid() + " of sandbox " + marked.name());
      }
    }
  }

  private void removeGroups(Set<String> kept, List<String> removed) throws InterruptedException {
    for (var parent : GroupFolders.known(home.groups())) {
      for (var name : children(parent)) {
        var group = new SandboxGroups(List.of(parent.resolve(name)));
        if (!kept.contains(name) && Files.isDirectory(parent.resolve(name))) {
          var files = new SandboxFiles(home.sandboxes().resolve(name));
          new SandboxRemains(files, SandboxRecord.NONE, group, removal).killAll(UNKNOWN);
          group.remove();
          removed.add("control group " + parent.resolve(name));
        }
      }
    }
  }

  private void removeFolders(Set<String> kept, List<String> removed) throws InterruptedException {
    for (var name : children(home.sandboxes())) {
      if (!kept.contains(name)) {
        removed.add(removed(home.sandboxes().resolve(name)));
      }
    }
  }

  /** One folder that will not go must not keep the others. */
  private String removed(Path folder) throws InterruptedException {
    try {
      removal.remove(folder);
      return "folder " + folder;
    } catch (NimbusException e) {
      LOG.warn("A folder of an ended sandbox is left over folder={}", folder, e);
      return "not the folder " + folder;
    }
  }

  private static List<String> children(Path folder) {
    var names = new File(folder.toString()).list();
    return names == null ? List.of() : Stream.of(names).sorted().toList();
  }
}
