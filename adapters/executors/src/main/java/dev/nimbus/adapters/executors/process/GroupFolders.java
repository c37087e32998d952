package dev.nimbus.adapters.executors.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The list of control groups sandboxes were ever made below. A later life of the agent may run in
 * another group, and would not see there what the earlier one left.
 */
final class GroupFolders {
  private GroupFolders() {}

  static List<Path> known(Path file) {
    return KernelFile.read(file).stream().flatMap(String::lines).map(Path::of).toList();
  }

  /** Adds folders and forgets earlier ones that do not exist any more. */
  static void remember(Path file, List<Path> folders) throws IOException {
    var all = new LinkedHashSet<>(known(file));
    all.removeIf(Files::notExists);
    all.addAll(folders);
    Files.write(file, all.stream().map(Path::toString).toList());
  }
}
