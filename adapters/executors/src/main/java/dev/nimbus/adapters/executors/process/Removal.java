package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.service.command.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Removes folders that strangers wrote to. {@code rm} never follows links, stays on the file system
 * it began on and copes with any depth; it runs once nothing in the sandbox lives any more.
 */
record Removal(Tools tools, CommandRunner commands) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What the name of a folder on its way out begins with. */
  static final String PREFIX = ".gone-";

  /** A folder that is not there is fine. The name is free at once, even if removing fails. */
  void remove(Path folder) throws InterruptedException {
    var name = String.valueOf(folder.getFileName());
    var doomed = name.startsWith(PREFIX) ? folder : folder.resolveSibling(PREFIX + name);
    try {
      if (!doomed.equals(folder) && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.exists(doomed, LinkOption.NOFOLLOW_LINKS)) {
          empty(doomed);
        }
        Files.move(folder, doomed, StandardCopyOption.ATOMIC_MOVE);
      }
      empty(doomed);
    } catch (IOException e) {
      throw new NimbusException(
          Kind.INTERNAL, "Cannot remove the sandbox folder '" + folder + "': " + e.getMessage(), e);
    }
  }

  private void empty(Path folder) throws InterruptedException {
    for (var mounted : MountTable.read().below(folder).reversed()) {
      run(detach(mounted));
    }
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || run(delete(folder)).succeeded()) {
      return;
    }
    run(unlock(folder));
    var second = run(delete(folder));
    if (!second.succeeded()) {
      throw new NimbusException(
          Kind.INTERNAL,
          "Cannot remove the sandbox folder '" + folder + "': " + second.output().strip());
    }
  }

  private CommandRunner.Completed run(List<String> command) throws InterruptedException {
    return commands.run(command, PATIENCE);
  }

  List<String> detach(Path mountPoint) {
    return List.of(tools.path("umount"), "-n", "-l", "--", mountPoint.toString());
  }

  List<String> delete(Path folder) {
    return List.of(tools.path("rm"), "-rf", "--one-file-system", "--", folder.toString());
  }

  /** An ordinary user cannot empty a folder that the job made read-only. */
  List<String> unlock(Path folder) {
    return List.of(tools.path("chmod"), "-R", "u+rwX", "--", folder.toString());
  }
}
